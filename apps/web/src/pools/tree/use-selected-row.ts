import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useUrlParams } from '../../url/use-url-params';

// Browsers refuse more than about 100 changes of the address in half a minute; held arrow keys make
// more.
const URL_PAUSE = 200;

/**
 * The selected row of the pool table by key: at once on screen, a moment later in the URL as `sel`.
 */
export function useSelectedRow(): [key: string, select: (key: string | undefined) => void] {
  const params = useUrlParams();
  const inUrl = params.text('sel');
  const [state, setState] = useState({ key: inUrl, inUrl });
  // Back and forward change the URL without us: then it wins.
  if (state.inUrl !== inUrl) setState({ key: inUrl, inUrl });
  const toUrl = useDebouncedCallback((key: string) => params.set({ sel: key }), URL_PAUSE);
  return [
    state.key,
    (key) => {
      setState((previous) => ({ ...previous, key: key ?? '' }));
      toUrl(key ?? '');
    },
  ];
}
