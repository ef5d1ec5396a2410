import { formatCidr, tryParseCidr } from '@cloudpam/cidr';
import type {
  CloudScope,
  ScopeSnapshot,
  SeenNetwork,
  SeenResource,
  TakePart,
} from '@cloudpam/reconciliation';

/** The cloud's own error: its code and its message. */
export interface CloudFailure {
  readonly code: string;
  readonly message: string;
}

/** Where a CIDR was found: a resource without its block. */
export type Sighting = Omit<SeenResource, 'cidr' | 'freeHosts'>;

const SHOWN_PROBLEMS = 3;
const LONGEST_MESSAGE = 1_000;

/**
 * What has been read of one scope so far. Takes everything once, and remembers what could not be
 * understood instead of throwing: one malformed entry must not hide the rest, nor pass for a
 * complete listing.
 */
export class Listing {
  private readonly networks = new Map<string, SeenNetwork>();
  private readonly resources = new Map<string, SeenResource>();
  private readonly problems = new Set<string>();
  /** Keys of what was taken away: networks and resources. */
  private readonly taken = new Set<string>();

  /** @param take takes what was read away from it at each `relieve` */
  constructor(private readonly take?: TakePart) {}

  /** Gives what was read so far to whoever takes it. Between two pages. */
  async relieve(): Promise<void> {
    if (!this.take || this.networks.size + this.resources.size === 0) return;
    const part = { networks: [...this.networks.values()], resources: [...this.resources.values()] };
    for (const key of [...this.networks.keys(), ...this.resources.keys()]) this.taken.add(key);
    this.networks.clear();
    this.resources.clear();
    await this.take(part);
  }

  /** Adds a network; the same one again replaces it, where it was not taken. */
  addNetwork(network: SeenNetwork): void {
    if (!this.taken.has(network.externalId)) this.networks.set(network.externalId, network);
  }

  /**
   * Adds one CIDR of a resource; the same CIDR of it again is the same resource.
   * @param freeHosts host addresses of it that the cloud says are free, where it does
   */
  addCidr(sighting: Sighting, cidrText: unknown, freeHosts?: number): void {
    const cidr = typeof cidrText === 'string' ? tryParseCidr(cidrText) : undefined;
    if (!cidr) {
      this.addProblem(`${sighting.externalId} has a malformed CIDR: ${shown(cidrText)}`);
      return;
    }
    const key = `${sighting.externalId} ${formatCidr(cidr)}`;
    if (!this.taken.has(key))
      this.resources.set(key, {
        ...sighting,
        cidr,
        ...(freeHosts !== undefined && { freeHosts }),
      });
  }

  /** Notes something that could not be understood; the scope is then at most `partial`. */
  addProblem(problem: string): void {
    this.problems.add(problem);
  }

  /**
   * The snapshot, with what was not taken: `complete` when nothing went wrong; else `failed` when
   * nothing was listed, or `partial`.
   * @param failure what ended the listing early; without one, malformed entries give the code
   *   `malformed_answer`
   */
  snapshot(scope: CloudScope, collectedAt: Date, failure?: CloudFailure): ScopeSnapshot {
    const error = failure ?? this.malformed();
    const nothing = this.networks.size + this.resources.size + this.taken.size === 0;
    return {
      provider: scope.provider,
      account: scope.account,
      region: scope.region,
      coverage: error === undefined ? 'complete' : nothing ? 'failed' : 'partial',
      ...(error && { error: { code: error.code, message: shortened(error.message) } }),
      collectedAt,
      networks: [...this.networks.values()],
      resources: [...this.resources.values()],
    };
  }

  private malformed(): CloudFailure | undefined {
    if (this.problems.size === 0) return undefined;
    const more = this.problems.size - SHOWN_PROBLEMS;
    const message =
      [...this.problems].slice(0, SHOWN_PROBLEMS).join('; ') +
      (more > 0 ? `; and ${more} more` : '');
    return { code: 'malformed_answer', message };
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 64 ? `${text.slice(0, 64)}...` : text;
}

// AWS puts an encoded message of several thousand characters into a refusal.
function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}...` : message;
}
