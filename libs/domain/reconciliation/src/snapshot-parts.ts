import type { Change } from '@cloudpam/audit';
import { DiscoveryError } from './discovery-error';
import type { SeenAddress } from './observed-address';
import type { CloudScope, ListedPart, ScopeSnapshot } from './snapshot';

/** Names a listing of one scope that comes in parts. */
export interface PartedListing extends CloudScope {
  /** Who delivers it: nobody sees, completes or replaces the parts of another. */
  readonly deliverer: string;
  readonly runId: string;
}

/** Parts of listings that wait for the last one of theirs. */
export interface PartStore {
  /** Keeps a part until the listing is dropped; one of the same number again takes its place. */
  keep(listing: PartedListing, number: number, part: ListedPart, at: Date): Promise<void>;
  /** The numbers that are kept, ascending. */
  numbers(listing: PartedListing): Promise<number[]>;
  /** Undefined for a number that is not kept. */
  part(listing: PartedListing, number: number): Promise<ListedPart | undefined>;
  /** Bytes of text of all that is kept for a deliverer, and `RESOURCE_BYTES` for each resource and address. */
  bytesOf(deliverer: string): Promise<number>;
  /**
   * Drops the parts of a listing, and those of other runs of its deliverer and scope that were kept
   * before a time: nobody will end them any more.
   */
  drop(listing: PartedListing, othersBefore: Date): Promise<void>;
  /** Drops the parts that were kept before a time, and says how many. */
  purge(before: Date): Promise<number>;
}

/**
 * What one deliverer may have waiting where nothing else is said, in bytes: of text, and
 * `RESOURCE_BYTES` for each resource. When it is applied it takes about three times as much memory.
 */
export const MOST_WAITING_BYTES = 2 ** 30;
/** Counted for a resource beside its text. */
export const RESOURCE_BYTES = 1_000;
const SHOWN_NUMBERS = 5;
/** No run takes longer from one part to the next. */
const ABANDONED_MS = 3_600_000;

/**
 * Keeps a part that is not the last. @throws DiscoveryError `too_much_waiting`
 */
export async function keepPart(
  parts: PartStore,
  change: Change,
  runId: string,
  snapshot: ScopeSnapshot,
  number: number,
  mostWaitingBytes: number,
): Promise<void> {
  const listing = listingOf(change, runId, snapshot);
  if ((await parts.bytesOf(listing.deliverer)) >= mostWaitingBytes) {
    throw new DiscoveryError(
      'too_much_waiting',
      `Parts of ${mostWaitingBytes} bytes wait for the last ones of their listings, or this ` +
        `one is larger than the server's memory allows. Deliver those, wait a day, or give the ` +
        'server more (--max-old-space-size).',
    );
  }
  await parts.keep(
    listing,
    number,
    {
      networks: snapshot.networks,
      resources: snapshot.resources,
      ...(snapshot.addresses && { addresses: snapshot.addresses }),
    },
    change.at,
  );
}

/**
 * The whole listing that the last part ends.
 * @throws DiscoveryError `parts_missing` that names the numbers
 */
export async function wholeOf(
  parts: PartStore,
  change: Change,
  runId: string,
  last: ScopeSnapshot,
  number: number,
): Promise<ScopeSnapshot> {
  const listing = listingOf(change, runId, last);
  const kept = new Set(await parts.numbers(listing));
  const missing = Array.from({ length: number - 1 }, (_, at) => at + 1).filter(
    (each) => !kept.has(each),
  );
  if (missing.length > 0) throw partsMissing(last, number, missing);
  const beyond = [...kept].find((each) => each >= number);
  if (beyond !== undefined)
    throw new DiscoveryError(
      'invalid_snapshot',
      `Part ${number} of ${last.account} ${last.region} is said to be the last one, and there ` +
        `is a part ${beyond}. Deliver all of them again.`,
      'part.number',
    );
  const networks: ScopeSnapshot['networks'][number][] = [];
  const resources: ScopeSnapshot['resources'][number][] = [];
  const addresses: SeenAddress[] = [];
  for (let each = 1; each < number; each++) {
    const part = await parts.part(listing, each);
    // The same last part, delivered twice at once, may just have been applied. What it took is not
    // to be taken for gone.
    if (!part) throw partsMissing(last, number, [each]);
    for (const network of part.networks) networks.push(network);
    for (const resource of part.resources) resources.push(resource);
    for (const address of part.addresses ?? []) addresses.push(address);
  }
  const { part: _, ...whole } = last;
  return {
    ...whole,
    networks: networks.concat(last.networks),
    resources: resources.concat(last.resources),
    addresses: addresses.concat(last.addresses ?? []),
  };
}

/** Forgets the parts of a scope of which the end has come: applied, failed or refused. */
export function dropParts(
  parts: PartStore,
  change: Change,
  runId: string,
  scope: CloudScope,
): Promise<void> {
  const abandoned = new Date(change.at.getTime() - ABANDONED_MS);
  return parts.drop(listingOf(change, runId, scope), abandoned);
}

function partsMissing(
  { account, region }: CloudScope,
  number: number,
  missing: readonly number[],
): DiscoveryError {
  const more = missing.length > SHOWN_NUMBERS ? ` and ${missing.length - SHOWN_NUMBERS} more` : '';
  const shown = `${missing.slice(0, SHOWN_NUMBERS).join(', ')}${more}`;
  return new DiscoveryError(
    'parts_missing',
    `Of the ${number} parts of ${account} ${region} these are not there: ${shown}. Deliver all of them again.`,
  );
}

function listingOf(
  { actor }: Change,
  runId: string,
  { provider, account, region }: CloudScope,
): PartedListing {
  return { deliverer: `${actor.type}:${actor.id}`, runId, provider, account, region };
}
