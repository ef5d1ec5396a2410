import type { Schemas } from '@cloudpam/api-client';

/** Why no discovery of an account can start now; undefined when an online agent lists it. */
export function discoverRefusal(
  agents: readonly Schemas['Agent'][] | undefined,
  accountKey: string,
): string | undefined {
  if (!agents) return 'The agents are still loading.';
  const listing = agents.filter(({ accounts }) => accounts.includes(accountKey));
  if (listing.some(({ status }) => status === 'online')) return undefined;
  if (listing.length > 0)
    return `The agent that lists it is offline: ${listing.map(({ name }) => name).join(', ')}.`;
  return agents.some(({ status }) => status === 'online')
    ? 'No online agent lists this account.'
    : 'No agent is online: start a collector in agent mode.';
}

/** Whether a job waits for an agent or is being worked on. */
export function isOpen({ status }: Schemas['Job']): boolean {
  return status === 'queued' || status === 'running';
}

/** How far a job is, 0..1; undefined while the agent doesn't know how much there is to do. */
export function progressOf({ scopes_done, scopes_total }: Schemas['Job']): number | undefined {
  if (scopes_total === null) return undefined;
  return scopes_total === 0 ? 1 : Math.min(1, scopes_done / scopes_total);
}

/**
 * How long a job was worked on, or has been up to now, in milliseconds; undefined before it starts.
 */
export function durationOf(
  { started_at, finished_at }: Schemas['Job'],
  now: number,
): number | undefined {
  if (started_at === null) return undefined;
  return (finished_at === null ? now : Date.parse(finished_at)) - Date.parse(started_at);
}
