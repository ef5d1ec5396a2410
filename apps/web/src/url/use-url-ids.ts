import { useMemo } from 'react';
import { idsOfText, idsText } from './url-ids';
import { useUrlParams } from './use-url-params';

/** A set of ids that lives in the URL: the rows that are picked, or open. */
export interface UrlIds {
  readonly ids: ReadonlySet<number>;
  /** Takes some in, or out. */
  set(ids: readonly number[], on: boolean): void;
  toggle(id: number): void;
  clear(): void;
}

/** The ids in a parameter of the URL, such as `pick=3.7.12`. */
export function useUrlIds(param: string): UrlIds {
  const params = useUrlParams();
  const text = params.text(param);
  return useMemo(() => {
    const ids = idsOfText(text);
    const set = (some: readonly number[], on: boolean): void => {
      const next = new Set(ids);
      for (const id of some) {
        if (on) next.add(id);
        else next.delete(id);
      }
      params.set({ [param]: idsText(next) });
    };
    return {
      ids,
      set,
      toggle: (id) => set([id], !ids.has(id)),
      clear: () => params.set({ [param]: null }),
    };
  }, [params, param, text]);
}
