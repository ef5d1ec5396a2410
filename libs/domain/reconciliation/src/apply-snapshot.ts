import { placeOfAccount, write, type Change } from '@cloudpam/audit';
import { StoredConflict, type Account, type DiscoveryPolicy } from '@cloudpam/pools';
import { DiscoveryError } from './discovery-error';
import { discoveryEvent } from './discovery-events';
import type { ScopeState } from './inventory';
import { Owners, type Owner } from './owners';
import { reconcileScope, type ApplyResult } from './reconcile-scope';
import type { ReconciliationStores, ReconciliationUnitOfWork } from './reconciliation-stores';
import type { ScopeSnapshot } from './snapshot';
import { dropParts, keepPart, MOST_WAITING_BYTES, wholeOf } from './snapshot-parts';

const MOST_TRIES = 4;
const NOTHING: ApplyResult = { imported: 0, updated: 0, orphaned: 0, unchanged: 0, conflicts: 0 };

/**
 * Applies what a collector saw of one scope: inventory first, then the pools that follow from it by
 * policy; all of it or nothing. The same snapshot again changes nothing but the times of the last
 * look, and leaves no audit entry.
 */
export class ApplySnapshot {
  constructor(
    private readonly unitOfWork: ReconciliationUnitOfWork,
    private readonly policy: DiscoveryPolicy,
    private readonly mostWaitingBytes = MOST_WAITING_BYTES,
  ) {}

  /**
   * @returns `kept` for a part of a listing before its last one
   * @throws DiscoveryError `stale_snapshot` when a later snapshot of the scope was applied before;
   *   `account_not_found`
   *   for the failure of an account that was named by hand and that nobody has heard of: a mistype
   * leaves no record;
   *   those of parts
   */
  async execute(
    change: Change,
    runId: string,
    snapshot: ScopeSnapshot,
  ): Promise<ApplyResult | 'kept'> {
    const { part } = snapshot;
    if (!part || part.last || change.dryRun)
      return this.tried(change, (stores) => apply(stores, change, runId, snapshot, this.policy));
    return write(this.unitOfWork, change, async ({ parts }) => {
      await keepPart(parts, change, runId, snapshot, part.number, this.mostWaitingBytes);
      return 'kept' as const;
    });
  }

  /**
   * Several scopes one after the other in one transaction, so that a dry run sees what becomes of
   * each when those before it are there. @returns what became of each, in order; an error for one
   * that was refused by itself
   */
  async together(
    change: Change,
    runId: string,
    snapshots: readonly ScopeSnapshot[],
  ): Promise<(ApplyResult | DiscoveryError)[]> {
    return this.tried(change, async (stores) => {
      const results: (ApplyResult | DiscoveryError)[] = [];
      for (const snapshot of snapshots) {
        try {
          results.push(await apply(stores, change, runId, snapshot, this.policy));
        } catch (error) {
          if (!(error instanceof DiscoveryError)) throw error;
          results.push(error);
        }
      }
      return results;
    });
  }

  private async tried<T>(
    change: Change,
    work: (stores: ReconciliationStores) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await write(this.unitOfWork, change, work);
      } catch (error) {
        // Two scopes of a new account arrive together, and the other one made the account or
        // network: look again.
        if (!(error instanceof StoredConflict) || tries === MOST_TRIES) throw error;
      }
    }
  }
}

async function apply(
  stores: ReconciliationStores,
  change: Change,
  runId: string,
  delivered: ScopeSnapshot,
  standard: DiscoveryPolicy,
): Promise<ApplyResult> {
  if (delivered.part && !delivered.part.last)
    throw new DiscoveryError(
      'invalid_snapshot',
      'Only the last part of a listing can be judged; post those before it without dry_run.',
      'part.last',
    );
  const snapshot = delivered.part
    ? await wholeOf(stores.parts, change, runId, delivered, delivered.part.number)
    : delivered;
  await dropParts(stores.parts, change, runId, snapshot);
  const owners = new Owners(stores, change, snapshot.provider);
  await refuseMistyped(snapshot, owners);
  const account = await owners.account(snapshot.account, snapshot.accountName);
  const scope = await stores.discovery.lockScope(account.id, snapshot.region);
  refuseStale(snapshot, account, scope);
  const policy = account.discoveryPolicy ?? standard;
  const result =
    snapshot.coverage === 'failed'
      ? NOTHING
      : await reconcileScope(stores, change, snapshot, policy, { account, scope }, owners);
  await noteCoverage(stores, change, runId, snapshot, { account, scope });
  return result;
}

function refuseStale(
  { region, collectedAt }: ScopeSnapshot,
  { key }: Account,
  scope: ScopeState,
): void {
  if (!scope.collectedAt || collectedAt >= scope.collectedAt) return;
  throw new DiscoveryError(
    'stale_snapshot',
    `A snapshot of ${key} ${region} from ${scope.collectedAt.toISOString()} was applied before; ` +
      `this one is from ${collectedAt.toISOString()}. Collect again.`,
  );
}

/** Notes in the scope how far it was listed; the log tells of it where that is other than before. */
async function noteCoverage(
  stores: ReconciliationStores,
  change: Change,
  runId: string,
  { region, coverage, error, collectedAt, interfaces }: ScopeSnapshot,
  { account, scope }: Owner,
): Promise<void> {
  const listed = interfaces?.coverage ?? 'off';
  if (!scope.collectedAt || coverage !== scope.coverage) {
    await stores.audit.append([
      discoveryEvent(change, 'scope.coverage', `${account.key} ${region}`, {
        before: scope.collectedAt ? { coverage: scope.coverage } : null,
        after: { coverage, error: error?.code ?? null },
        place: placeOfAccount(account.id),
      }),
    ]);
  }
  if (listed !== scope.interfaces) {
    await stores.audit.append([
      discoveryEvent(change, 'scope.interfaces', `${account.key} ${region}`, {
        before: { coverage: scope.interfaces, error: scope.interfacesError?.code ?? null },
        after: { coverage: listed, error: interfaces?.error?.code ?? null },
        place: placeOfAccount(account.id),
      }),
    ]);
  }
  await stores.discovery.saveScope({
    ...scope,
    coverage,
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    collectedAt,
    completeAt: coverage === 'complete' ? collectedAt : scope.completeAt,
    runId,
    interfaces: listed,
    interfacesError: interfaces?.error ?? null,
    interfacesCompleteAt: listed === 'complete' ? collectedAt : scope.interfacesCompleteAt,
  });
}

/** Of an account that is known a failure tells that it can no longer be read. */
async function refuseMistyped(snapshot: ScopeSnapshot, owners: Owners): Promise<void> {
  const { provider, account, coverage, accountUnproven, error } = snapshot;
  if (!accountUnproven || coverage !== 'failed' || (await owners.known(account))) return;
  throw new DiscoveryError(
    'account_not_found',
    `There is no account ${provider}:${account} here, and the collector could ` +
      `not enter it${error ? ` (${error.code})` : ''}, so nothing was noted. Correct its id, or let the collector in.`,
    'account',
  );
}
