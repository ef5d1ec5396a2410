import { blockAround, familyBits, formatCidr, tryParseCidr, type Cidr } from '@cloudpam/cidr';
import type {
  CloudScope,
  ScopeSnapshot,
  SeenNetwork,
  SeenAddress,
  SeenResource,
  TakePart,
} from '@cloudpam/reconciliation';

import { asCount, isNothing } from './json-reading';

/** The cloud's own error: its code and its message. */
export interface CloudFailure {
  readonly code: string;
  readonly message: string;
}

/** Where a CIDR was found: a resource without its block. */
export type Sighting = Omit<SeenResource, 'cidr' | 'freeHosts'>;

/** Where an address was found: what has it, without the address. */
export type AddressSighting = Omit<SeenAddress, 'cidr'>;

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
  private readonly addresses = new Map<string, SeenAddress>();
  private readonly problems = new Set<string>();
  private readonly interfaceProblems = new Set<string>();
  private interfaces: ScopeSnapshot['interfaces'];
  private hasAddresses = false;
  /** Keys of what was taken away: networks, resources and addresses. */
  private readonly taken = new Set<string>();

  /** @param take takes what was read away from it at each `relieve` */
  constructor(private readonly take?: TakePart) {}

  /** Gives what was read so far to whoever takes it. Between two pages. */
  async relieve(): Promise<void> {
    const { networks, resources, addresses } = this;
    if (!this.take || networks.size + resources.size + addresses.size === 0) return;
    const part = {
      networks: [...networks.values()],
      resources: [...resources.values()],
      ...(addresses.size > 0 && { addresses: [...addresses.values()] }),
    };
    for (const held of [networks, resources, addresses]) {
      for (const key of held.keys()) this.taken.add(key);
      held.clear();
    }
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

  /**
   * Adds an address, or a block that was given as one; the same one again is the same.
   * @param text an address or a CIDR
   * @param prefixLength of the block around the address; one address where it is left out
   */
  addAddress(sighting: AddressSighting, text: unknown, prefixLength?: unknown): void {
    const cidr = blockOf(text, prefixLength);
    if (!cidr) {
      this.addInterfaceProblem(`${sighting.externalId} has a malformed address: ${shown(text)}`);
      return;
    }
    this.hasAddresses = true;
    const key = `${sighting.kind} ${sighting.externalId} ${formatCidr(cidr)}`;
    if (!this.taken.has(key)) this.addresses.set(key, { ...sighting, cidr });
  }

  /** Notes something about interfaces that could not be understood; they are then at most `partial`. */
  addInterfaceProblem(problem: string): void {
    this.interfaceProblems.add(problem);
  }

  /** Says that interfaces were asked for, and how that ended: with a failure, or without. */
  endInterfaces(failure?: CloudFailure): void {
    const error = failure ?? malformed(this.interfaceProblems);
    this.interfaces = {
      coverage: error === undefined ? 'complete' : this.hasAddresses ? 'partial' : 'failed',
      ...(error && { error: { code: error.code, message: shortened(error.message) } }),
    };
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
    const error = failure ?? malformed(this.problems);
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
      ...(this.interfaces && {
        interfaces: this.interfaces,
        addresses: [...this.addresses.values()],
      }),
    };
  }
}

function malformed(problems: ReadonlySet<string>): CloudFailure | undefined {
  if (problems.size === 0) return undefined;
  const more = problems.size - SHOWN_PROBLEMS;
  const message =
    [...problems].slice(0, SHOWN_PROBLEMS).join('; ') + (more > 0 ? `; and ${more} more` : '');
  return { code: 'malformed_answer', message };
}

function blockOf(text: unknown, prefixLength: unknown): Cidr | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.includes('/')) return tryParseCidr(text);
  const one = tryParseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
  if (!one || isNothing(prefixLength)) return one;
  const length = asCount(prefixLength) ?? NaN;
  return length <= familyBits(one.family) ? blockAround(one.family, one.first, length) : undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 64 ? `${text.slice(0, 64)}...` : text;
}

// AWS puts an encoded message of several thousand characters into a refusal.
function shortened(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}...` : message;
}
