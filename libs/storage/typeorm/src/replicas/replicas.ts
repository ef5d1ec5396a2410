import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Since } from '@cloudpam/audit';
import { connectionsTo } from '../postgres-connections';
import { PostgresNode } from '../postgres-node';
import type { TimeLimits } from '../time-limits';
import { positionText, readPosition, type Position } from './position';
import { Primary } from './primary';
import { Replica, type ReplicaState } from './replica';

const LOOK_MS = 250;
/** So long a read waits for a replica that is behind. */
const WAIT_MS = 50;
/** Whoever waits longer for a replica is answered by the primary, which has all the time that is set. */
const PATIENCE = { connectMs: 1_000, statementMs: 5_000 };

/** What becomes of a replica is told once, and not by each of its connections. */
const silently = (): void => undefined;

export interface ReplicasOptions {
  /** Maps tables. */
  readonly source: DataSource;
  readonly poolSize: number;
  readonly limits: TimeLimits;
  readonly log: (message: string) => void;
}

/** How reads were answered, and how the replicas are. */
export interface ReplicasState {
  /** How many reads the primary has answered that a replica might have. */
  readonly primaryReads: number;
  readonly replicas: readonly ReplicaState[];
}

/**
 * Gives reads to replicas that have all that the read must see. One that fails there runs again on the primary: no
 * replica is ever the reason of an error.
 */
export class Replicas {
  private readonly primary: Primary;
  private readonly replicas: readonly Replica[];
  private readonly looking: NodeJS.Timeout;
  /** Reads under way on the primary, and away from it. */
  private here = 0;
  private away = 0;
  private primaryReads = 0;

  constructor(
    primaryUrl: string,
    urls: readonly string[],
    { source, poolSize, limits, log }: ReplicasOptions,
  ) {
    this.primary = new Primary(primaryUrl);
    const quick: TimeLimits = {
      connectMs: Math.min(limits.connectMs, PATIENCE.connectMs),
      statementMs: Math.min(limits.statementMs, PATIENCE.statementMs),
      lockMs: limits.lockMs,
    };
    this.replicas = urls.map((url) => {
      const connections = connectionsTo(url, poolSize, silently, quick);
      return new Replica(url, new PostgresNode(connections, source, silently), log);
    });
    this.looking = setInterval(() => void this.look(), LOOK_MS).unref();
    void this.look();
  }

  /**
   * A position with everything that was committed before the call; undefined while the primary does not tell.
   */
  async position(): Promise<string | undefined> {
    return this.primary.position().then(positionText, () => undefined);
  }

  /** @param since what the read must see: all that is committed, or what `position` told */
  async read<T>(
    since: Since,
    onReplica: (node: PostgresNode) => Promise<T>,
    onPrimary: () => Promise<T>,
  ): Promise<T> {
    if (this.isPrimaryNext()) return this.stay(onPrimary);
    this.away++;
    try {
      const replica = await this.replicaWith(since);
      if (replica) return await replica.answer(onReplica);
    } catch {
      // The primary tells what is wrong, if anything is.
    } finally {
      this.away--;
    }
    return this.stay(onPrimary);
  }

  state(): ReplicasState {
    return {
      primaryReads: this.primaryReads,
      replicas: this.replicas.map((replica) => replica.state(this.primary)),
    };
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    await Promise.all([this.primary, ...this.replicas].map((each) => each.close()));
  }

  /** Each server gets as many reads as it can answer; the primary has other work, and is the last of equals. */
  private isPrimaryNext(): boolean {
    const usable = this.replicas.filter((replica) => replica.isUsable).length;
    return this.here * usable < this.away || usable === 0;
  }

  private async stay<T>(onPrimary: () => Promise<T>): Promise<T> {
    this.here++;
    try {
      return await onPrimary();
    } finally {
      this.here--;
      this.primaryReads++;
    }
  }

  /** @throws when the primary does not tell how far it is */
  private async replicaWith(since: Since): Promise<Replica | undefined> {
    const asked = since === 'now' ? await this.primary.position() : readPosition(since);
    const needed = asked && (await this.primary.needs(asked));
    return needed && this.reaching(needed, performance.now() + WAIT_MS);
  }

  /** A replica that has everything up to the position, or comes there soon. */
  private async reaching(position: Position, deadline: number): Promise<Replica | undefined> {
    for (let pause = 1; ; pause *= 2) {
      const found = this.leastBusyWith(position);
      if (found) return found;
      const hopeful = this.replicas.filter((replica) => replica.isHopeful);
      if (hopeful.length === 0) return undefined;
      if (performance.now() >= deadline) {
        for (const replica of hopeful) replica.miss(position);
        return undefined;
      }
      if (pause > 1) await sleep(Math.min(pause / 2, deadline - performance.now()));
      const left = Math.max(0, deadline - performance.now());
      await Promise.race([sleep(left), ...hopeful.map((replica) => replica.ask())]);
    }
  }

  private leastBusyWith(position: Position): Replica | undefined {
    let best: Replica | undefined;
    for (const each of this.replicas)
      if (each.isUsable && each.has(position) && (!best || each.underWay < best.underWay))
        best = each;
    return best;
  }

  private async look(): Promise<void> {
    await this.primary.look().catch(() => undefined);
    for (const replica of this.replicas) void replica.look(this.primary);
  }
}
