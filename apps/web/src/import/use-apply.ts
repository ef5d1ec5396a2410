import type { Schemas } from '@cloudpam/api-client';
import { useEffect, useState } from 'react';
import { sendImport } from '../api/import';
import type { ImportProgress } from '../api/import';
import { useWrite } from '../api/use-write';
import { requestOf } from './use-plan';
import type { ImportSetup } from './use-plan';

/** The carrying out of a plan. */
export interface Apply {
  readonly state: 'none' | 'running' | 'done' | 'failed' | 'cancelled';
  /** How far the server is; undefined before it has said so. */
  readonly progress: ImportProgress | undefined;
  /** What came of it, once it is done. */
  readonly answer: Schemas['ImportResult'] | undefined;
  readonly error: Error | null;
  readonly start: (setup: ImportSetup, plan: string, mode: Schemas['ImportMode']) => void;
  readonly cancel: () => void;
  /** As if nothing had been started. */
  readonly forget: () => void;
}

interface Attempt {
  readonly setup: ImportSetup;
  readonly plan: string;
  readonly mode: Schemas['ImportMode'];
  readonly signal: AbortSignal;
}

/** Has the server carry out a plan, until it is cancelled or the page is left. */
export function useApply(): Apply {
  const [attempt, setAttempt] = useState<AbortController>();
  const [progress, setProgress] = useState<ImportProgress>();
  useEffect(() => () => attempt?.abort(), [attempt]);
  const write = useWrite(({ setup, plan, mode, signal }: Attempt) => {
    const { query, ...request } = requestOf(setup);
    const applied = { ...query, dry_run: false, plan, mode };
    return sendImport({ ...request, query: applied }, setProgress, signal);
  });
  const state = ((): Apply['state'] => {
    if (!attempt) return 'none';
    if (write.isPending) return 'running';
    if (write.data) return 'done';
    if (write.error) return attempt.signal.aborted ? 'cancelled' : 'failed';
    return 'running'; // It has not begun yet.
  })();
  return {
    state,
    progress,
    answer: write.data,
    error: write.error,
    start: (setup, plan, mode) => {
      const next = new AbortController();
      setAttempt(next);
      setProgress(undefined);
      write.mutate({ setup, plan, mode, signal: next.signal });
    },
    cancel: () => attempt?.abort(),
    forget: () => setAttempt(undefined),
  };
}
