import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

const TYPING_PAUSE = 250;

/** Answer of a dry run while a person is still choosing. */
export interface Preview<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  /** True while the answer belongs to an earlier input. */
  readonly stale: boolean;
}

/**
 * Asks the server what would happen, a moment after the last change of the input.
 * @param input undefined when there is nothing to ask yet
 */
export function usePreview<Input extends object, T>(
  name: string,
  input: Input | undefined,
  dryRun: (input: Input, signal: AbortSignal) => Promise<T>,
): Preview<T> {
  const text = input === undefined ? '' : JSON.stringify(input);
  const [asked] = useDebouncedValue(text, TYPING_PAUSE);
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', name, asked],
    queryFn: ({ signal }) => dryRun(JSON.parse(asked) as Input, signal), // Written by the line above.
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return {
    data: text === '' || error ? undefined : data,
    error: text === '' ? null : error,
    stale: isFetching || asked !== text,
  };
}
