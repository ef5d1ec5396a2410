import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors';
import { Line } from './line';
import { Primary } from './primary';
import { reaches, type Position } from './position';
import { faultOf, LOOK, MOST_LAG_S, nameOf, replayedOf, type Look } from './replica';

const PAUSE_MS = 100;

/** How a replica was found. */
export interface ReplicaFinding {
  /** `HOST:PORT/DATABASE` */
  readonly name: string;
  /** Why it would answer no reads; undefined when it would. */
  readonly fault: string | undefined;
}

/**
 * Looks at replicas once: each must follow the primary, and come to what that has now before a server would leave it
 * out. @throws when the primary does not answer
 */
export async function lookAtReplicas(
  primaryUrl: string,
  urls: readonly string[],
  patienceMs = 1_000 * MOST_LAG_S,
): Promise<ReplicaFinding[]> {
  const primary = new Primary(primaryUrl);
  try {
    await primary.look();
    const asked = await primary.position();
    return await Promise.all(
      urls.map(async (url) => ({
        name: nameOf(url),
        fault: await faultWithin(url, primary, asked, patienceMs).catch(messageOf),
      })),
    );
  } finally {
    await primary.close();
  }
}

async function faultWithin(
  url: string,
  primary: Primary,
  asked: Position,
  patienceMs: number,
): Promise<string | undefined> {
  const line = new Line(url);
  try {
    for (const began = performance.now(); ;) {
      const look = await line.row<Look>('look', LOOK);
      const fault = await faultOf(look, primary);
      if (fault !== undefined || reaches(replayedOf(look), asked)) return fault;
      const { bytes } = primary.lag(replayedOf(look) ?? asked);
      if (performance.now() - began > patienceMs)
        return `it is more than ${patienceMs / 1_000} s and ${bytes} bytes behind`;
      await sleep(PAUSE_MS);
    }
  } finally {
    await line.close();
  }
}
