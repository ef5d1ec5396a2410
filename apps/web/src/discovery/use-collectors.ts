import type { Schemas } from '@cloudpam/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { discoveryApi } from '../api/discovery';

/** No event tells how far a job is. */
const BUSY = 2_000;
/** No event tells that an agent has called. */
const HEARTBEAT = 15_000;
/** Events tell of jobs, but not to who has limits. */
const IDLE = 60_000;
const OPEN = { open: true, page_size: 500 };
const ALL_AGENTS = { page_size: 500 };

/** Open jobs by account id, of which each has at most one; read often while there are some. */
export function useOpenJobs(): ReadonlyMap<number, Schemas['Job']> {
  const { data } = useQuery({
    queryKey: ['discovery', 'jobs', OPEN],
    queryFn: ({ signal }) => discoveryApi.jobs(OPEN, signal),
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? BUSY : IDLE),
  });
  return useMemo(() => new Map((data?.items ?? []).map((job) => [job.account_id, job])), [data]);
}

/** Reads everything about discovery anew when a job has ended. */
export function useFollowedJobs(): void {
  const client = useQueryClient();
  const open = useOpenJobs();
  const before = useRef<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const ids = new Set([...open.values()].map(({ id }) => id));
    if (![...before.current].every((id) => ids.has(id)))
      void client.invalidateQueries({ queryKey: ['discovery'] });
    before.current = ids;
  }, [open, client]);
}

/** All agents, those seen last first; undefined while loading. */
export function useAgents(): readonly Schemas['Agent'][] | undefined {
  return useQuery({
    queryKey: ['discovery', 'agents', ALL_AGENTS],
    queryFn: ({ signal }) => discoveryApi.agents(ALL_AGENTS, signal),
    refetchInterval: HEARTBEAT,
  }).data?.items;
}
