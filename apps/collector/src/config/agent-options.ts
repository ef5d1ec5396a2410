import type { Given } from './option';
import type { AGENT } from './options';

/** How an agent works. */
export interface AgentOptions {
  /** Milliseconds between two readings of an account; null when only triggers count. */
  readonly intervalMs: number | null;
  /** What the server shows. */
  readonly name: string;
  /** Touched as long as the agent lives. */
  readonly healthFile?: string;
}

const UNIT_MS: { readonly [unit: string]: number } = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SHORTEST_MS = 60_000;
const LONGEST_MS = 14 * 86_400_000;
const DEFAULT_MS = 6 * 3_600_000;
const LONGEST_NAME = 200;

/** Reads the options of `collector agent`. */
export function agentOptions(given: Given<typeof AGENT>, hostName: string): AgentOptions {
  const healthFile = given.get('health-file');
  const name = given.get('name') ?? hostName;
  if (name.length > LONGEST_NAME || /\p{Cc}/u.test(name))
    given.refuse(
      `${given.said('name')} must have at most ${LONGEST_NAME} characters, and no control characters`,
    );
  return { intervalMs: intervalOf(given), name, ...(healthFile !== undefined && { healthFile }) };
}

function intervalOf(given: Given<typeof AGENT>): number | null {
  const text = given.get('interval');
  if (text === undefined) return DEFAULT_MS;
  if (text === '0') return null;
  const [, count = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit] ?? 0);
  if (ms >= SHORTEST_MS && ms <= LONGEST_MS) return ms;
  given.refuse(
    `${given.said('interval')} must be 0, or a time from 1m to 14d such as 90s, 30m, 6h or 1d`,
  );
  return DEFAULT_MS;
}
