import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { patchedParams } from './url-params';
import type { ParamsPatch } from './url-params';

/** The query parameters of the page, where every filter, selection and sort lives. */
export interface UrlParams {
  text(name: string): string;
  texts(name: string): readonly string[];
  /**
   * Replaces the current entry of the history unless told to push: typing a filter must not fill
   * the back button.
   */
  set(patch: ParamsPatch, options?: { readonly push?: boolean }): void;
}

/** Reads and writes the query parameters of the page. */
export function useUrlParams(): UrlParams {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const set = useCallback<UrlParams['set']>(
    (patch, options) => {
      // A page that is being left, while the next one loads, has no say in the address any more.
      if (window.location.pathname !== pathname) return;
      // The address bar, not the last render, is the truth when two changes come in one tick.
      const next = patchedParams(window.location.search, patch);
      void navigate({ search: next === '' ? '' : `?${next}` }, { replace: options?.push !== true });
    },
    [navigate, pathname],
  );
  return useMemo(() => {
    const params = new URLSearchParams(search);
    return { text: (name) => params.get(name) ?? '', texts: (name) => params.getAll(name), set };
  }, [search, set]);
}
