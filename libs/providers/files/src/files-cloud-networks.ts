import {
  Listing,
  addAwsSubnets,
  addAwsVpcs,
  addGcpNetworks,
  addGcpSubnets,
  type CloudFailure,
} from '@cloudpam/provider-shapes';
import type {
  CloudAccount,
  CloudNetworks,
  CloudScope,
  ScopeSnapshot,
  TakePart,
} from '@cloudpam/reconciliation';
import { readSaved } from './read-saved';
import { savedScopes, type SavedScope } from './saved-scopes';

/** What is read of the saved output. */
export interface FilesOptions {
  /**
   * AWS regions to cover; default all that are saved. GCP projects have no regions of their own and
   * are always covered.
   */
  readonly regions?: readonly string[];
  /**
   * The clock. A snapshot is dated when it is read, not when it was saved: the server refuses older
   * ones than it has.
   */
  readonly now?: () => Date;
}

type FilesProvider = SavedScope['scope']['provider'];

/** One list of a provider: its file, its name in the JSON, and how its entries are taken. */
interface SavedList {
  readonly file: string;
  readonly field?: string;
  readonly add: (listing: Listing, scope: CloudScope, entries: readonly unknown[]) => void;
}

// Networks first: without them nothing of the scope is listed.
const LISTS: { readonly [provider in FilesProvider]: readonly SavedList[] } = {
  aws: [
    { file: 'vpcs.json', field: 'Vpcs', add: addAwsVpcs },
    { file: 'subnets.json', field: 'Subnets', add: addAwsSubnets },
  ],
  gcp: [
    { file: 'networks.json', add: addGcpNetworks },
    { file: 'subnets.json', add: addGcpSubnets },
  ],
};

/**
 * What one provider's CLI printed, saved in folders: one scope for each AWS account and region, or
 * GCP project.
 */
export class FilesCloudNetworks implements CloudNetworks {
  constructor(
    readonly provider: FilesProvider,
    private readonly saved: readonly SavedScope[],
    private readonly now: () => Date = () => new Date(),
  ) {}

  async accounts(signal?: AbortSignal): Promise<readonly CloudAccount[]> {
    signal?.throwIfAborted();
    return [...new Set(this.saved.map(({ scope }) => scope.account))].map((id) => ({ id }));
  }

  async scopes(account: string, signal?: AbortSignal): Promise<readonly CloudScope[]> {
    signal?.throwIfAborted();
    return this.saved.flatMap(({ scope }) => (scope.account === account ? [scope] : []));
  }

  async read(scope: CloudScope, signal?: AbortSignal, take?: TakePart): Promise<ScopeSnapshot> {
    const collectedAt = this.now();
    const listing = new Listing(take);
    const failure = await this.fill(listing, scope, signal);
    signal?.throwIfAborted();
    return listing.snapshot(scope, collectedAt, failure);
  }

  private async fill(
    listing: Listing,
    scope: CloudScope,
    signal: AbortSignal | undefined,
  ): Promise<CloudFailure | undefined> {
    const saved = this.saved.find(
      ({ scope: { account, region } }) => account === scope.account && region === scope.region,
    );
    if (!saved)
      return {
        code: 'file_missing',
        message: `nothing is saved of ${scope.account} ${scope.region}`,
      };
    for (const { file, field, add } of LISTS[this.provider]) {
      signal?.throwIfAborted();
      const { entries, failure } = await readSaved(saved.folder, file, field);
      add(listing, scope, entries);
      await listing.relieve();
      if (failure) return failure;
    }
    return undefined;
  }
}

/**
 * One `CloudNetworks` for each provider whose saved CLI output is under the folder; see
 * `savedScopes` for its structure.
 * @throws an Error that may be shown to a person, when nothing to cover is found
 */
export async function filesCloudNetworks(
  root: string,
  { regions, now }: FilesOptions = {},
): Promise<FilesCloudNetworks[]> {
  const saved = await savedScopes(root);
  const covered = saved.filter(
    ({ scope }) => scope.provider !== 'aws' || !regions || regions.includes(scope.region),
  );
  if (covered.length === 0)
    throw new Error(`${root} holds nothing of the regions ${regions?.join(', ')}`);
  const providers = [...new Set(covered.map(({ scope }) => scope.provider))];
  return providers.map(
    (provider) =>
      new FilesCloudNetworks(
        provider,
        covered.filter(({ scope }) => scope.provider === provider),
        now,
      ),
  );
}
