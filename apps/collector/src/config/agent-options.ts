import ms, { type StringValue } from 'ms';
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

const SHORTEST_MS = ms('1m');
const LONGEST_MS = ms('14d');
const DEFAULT_MS = ms('6h');
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
  // What the expression lets pass is one of them.
  const interval = /^\d{1,7}[smhd]$/.test(text) ? ms(text as StringValue) : 0;
  if (interval >= SHORTEST_MS && interval <= LONGEST_MS) return interval;
  given.refuse(
    `${given.said('interval')} must be 0, or a time from 1m to 14d such as 90s, 30m, 6h or 1d`,
  );
  return DEFAULT_MS;
}
