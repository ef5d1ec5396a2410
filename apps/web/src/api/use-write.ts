import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseMutateFunction } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiProblem } from './api-problem';
import { newIdempotencyKey } from './idempotency-key';

/** A write that can be made, is on its way, or has ended. */
export interface Writing<Input, Output> {
  readonly mutate: UseMutateFunction<Output, Error, Input>;
  readonly isPending: boolean;
  readonly data: Output | undefined;
  readonly error: Error | null;
}

/**
 * A write to the API. The idempotency key stays the same while the same input is tried again
 * without an answer (lost connection, timeout), so a second click cannot write twice; any answer of
 * the server ends its use. With `current`, what a person would write now, an error is shown only as
 * long as that is what was refused. After a success everything on screen is read again: a write to
 * the tree shows in utilization, audit and findings.
 */
export function useWrite<Input, Output>(
  write: (input: Input, idempotencyKey: string) => Promise<Output>,
  onDone: (output: Output, input: Input) => void = () => undefined,
  current?: Input,
): Writing<Input, Output> {
  const client = useQueryClient();
  const attempt = useRef<{ body: string; key: string } | undefined>(undefined);
  const { mutate, isPending, data, error, variables } = useMutation<Output, Error, Input>({
    mutationFn: async (input) => {
      const body = JSON.stringify(input) ?? '';
      if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() };
      try {
        const output = await write(input, attempt.current.key);
        attempt.current = undefined;
        return output;
      } catch (error) {
        if (error instanceof ApiProblem && error.status < 500) attempt.current = undefined;
        throw error;
      }
    },
    onSuccess: (output, input) => {
      // A preview tells what would be done; done, it cannot be asked again (the pool to delete is
      // gone).
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preview' });
      onDone(output, input);
    },
  });
  const isPast = current !== undefined && JSON.stringify(current) !== JSON.stringify(variables);
  return { mutate, isPending, data, error: isPast ? null : error };
}
