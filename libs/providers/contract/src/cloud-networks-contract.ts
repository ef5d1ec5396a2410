import type {
  CloudNetworks,
  CloudScope,
  ListedPart,
  ScopeSnapshot,
} from '@cloudpam/reconciliation';
import { SITUATIONS, resourceLines, type RecordedEstate, type Situation } from './recorded-estate';
import { entriesUntilError } from './recorded-pages';

/** The adapter over an estate, and how to take it down. */
export interface ContractSubject {
  readonly cloud: CloudNetworks;
  close(): Promise<void>;
}

/** Whether the cloud answers, or takes calls for subnets without ever answering them. */
export type Reachability = 'answers' | 'hangs';

/** What only an adapter can promise that talks to the cloud itself. */
export interface LivePromises {
  /** Errors carry the cloud's own code, and what was listed before one is kept. */
  readonly tellsCloudErrors?: boolean;
  /** A scope that hangs ends, with the code `timeout`; in the contract within two seconds. */
  readonly keepsTimeLimit?: boolean;
}

/**
 * The promises of `CloudNetworks`, as tests to run on an adapter.
 * @param name of the adapter, for the titles
 * @param estate recorded answers of the adapter's cloud
 * @param setup builds the adapter over an estate that answers as recorded; it is taken down after
 *   each test
 */
export function cloudNetworksContract(
  name: string,
  estate: RecordedEstate,
  setup: (estate: RecordedEstate, reachability: Reachability) => Promise<ContractSubject>,
  { tellsCloudErrors = false, keepsTimeLimit = false }: LivePromises = {},
): void {
  describe(`${name} keeps the promises of CloudNetworks`, () => {
    let subject: ContractSubject | undefined;
    const start = async (reachability: Reachability = 'answers'): Promise<CloudNetworks> =>
      (subject = await setup(estate, reachability)).cloud;
    const scopeOf = (situation: Situation): CloudScope => estate.scopes[situation].scope;
    const read = async (situation: Situation): Promise<ScopeSnapshot> =>
      (await start()).read(scopeOf(situation));
    afterEach(() => subject?.close());

    it('tells every account once', async () => {
      const accounts = (await (await start()).accounts()).map(({ id }) => id);
      expect(accounts.sort()).toEqual(
        [...new Set(SITUATIONS.map((situation) => scopeOf(situation).account))].sort(),
      );
    });

    it('tells every scope of an account, failing ones too', async () => {
      const cloud = await start();
      const scopes = await Promise.all((await cloud.accounts()).map(({ id }) => cloud.scopes(id)));
      expect(sorted(scopes.flat())).toEqual(sorted(SITUATIONS.map(scopeOf)));
    });

    it('lists every network and every CIDR of all pages, each once', async () => {
      const before = Date.now();
      const snapshot = await read('whole');
      expect(snapshot).toMatchObject({ ...scopeOf('whole'), coverage: 'complete' });
      expect(snapshot.error).toBeUndefined();
      expect(snapshot.collectedAt.getTime()).toBeGreaterThanOrEqual(before);
      expect(snapshot.networks).toEqual(estate.networks);
      expect(resourceLines(snapshot)).toEqual([...estate.resources].sort());
    });

    it('gives whoever takes it from page to page the same in all, each once', async () => {
      const cloud = await start();
      const { collectedAt: _, ...plain } = await cloud.read(scopeOf('whole'));
      const taken: ListedPart[] = [];
      const { collectedAt: __, ...rest } = await cloud.read(
        scopeOf('whole'),
        undefined,
        async (part) => void taken.push(part),
      );
      const all = [...taken, rest];
      expect({
        ...rest,
        networks: all.flatMap(({ networks }) => networks),
        resources: all.flatMap(({ resources }) => resources),
      }).toEqual(plain);
      expect(taken.length).toBeGreaterThan(0);
    });

    it('gives what is shared to its owner, not to the account that lists it', async () => {
      const { resources } = await read('whole');
      expect(
        resources.find(({ externalId }) => externalId === estate.shared.externalId),
      ).toMatchObject(estate.shared);
    });

    it('keeps the name and tags that people gave', async () => {
      const { resources } = await read('whole');
      expect(
        resources.find(({ externalId }) => externalId === estate.named.externalId),
      ).toMatchObject(estate.named);
    });

    it('is complete and empty where there is nothing', async () => {
      expect(await read('empty')).toMatchObject({
        coverage: 'complete',
        networks: [],
        resources: [],
      });
    });

    it('does not reject for a failing scope: it is failed, empty, and says why', async () => {
      const snapshot = await read('failing');
      expect(snapshot).toMatchObject({
        ...scopeOf('failing'),
        coverage: 'failed',
        networks: [],
        resources: [],
      });
      expect(snapshot.error).toEqual({
        code: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
      });
    });

    it('is partial, with what was listed, when a listing fails halfway', async () => {
      const snapshot = await read('halfway');
      expect(snapshot).toMatchObject({ coverage: 'partial', networks: { length: 1 } });
      expect(snapshot.error?.code).toMatch(/./);
    });

    it('is partial, with the rest, when a CIDR is malformed', async () => {
      const snapshot = await read('malformed');
      expect(snapshot).toMatchObject({
        coverage: 'partial',
        error: { code: 'malformed_answer' },
        networks: { length: 1 },
      });
      expect(snapshot.error?.message).toContain('subnet-malformed');
      expect(snapshot.resources.filter(({ kind }) => kind !== 'vpc')).toEqual([]);
    });

    it('is not complete when the credentials end between two pages', async () => {
      expect(await read('expiring')).toMatchObject({
        coverage: 'partial',
        networks: { length: 1 },
      });
    });

    it('reads a scope again as it was, at a later time', async () => {
      const cloud = await start();
      const [first, second] = [
        await cloud.read(scopeOf('whole')),
        await cloud.read(scopeOf('whole')),
      ];
      expect({ ...second, collectedAt: null }).toEqual({ ...first, collectedAt: null });
      expect(second.collectedAt.getTime()).toBeGreaterThanOrEqual(first.collectedAt.getTime());
    });

    it('rejects with the reason when the signal aborts', async () => {
      const cloud = await start();
      const reason = new Error('stopped by the test');
      await expect(cloud.read(scopeOf('whole'), AbortSignal.abort(reason))).rejects.toBe(reason);
      await expect(cloud.scopes(scopeOf('whole').account, AbortSignal.abort(reason))).rejects.toBe(
        reason,
      );
      await expect(cloud.accounts(AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    if (tellsCloudErrors) {
      it.each([
        ['failing', 'networks'],
        ['halfway', 'subnets'],
        ['expiring', 'subnets'],
      ] as const)('tells what the cloud said of the %s scope', async (situation, list) => {
        const { error } = entriesUntilError(estate.scopes[situation][list]);
        expect((await read(situation)).error).toEqual({
          code: error?.code,
          message: expect.stringContaining(error?.message ?? ''),
        });
      });

      it('keeps the pages before the one at which the credentials ended', async () => {
        const { resources } = await read('expiring');
        const { entries } = entriesUntilError(estate.scopes.expiring.subnets);
        expect(resources.filter(({ kind }) => kind === 'subnet')).toHaveLength(entries.length);
      });
    }

    if (keepsTimeLimit) {
      it('ends a scope that hangs: it is partial with the code timeout, and keeps what was listed', async () => {
        const cloud = await start('hangs');
        expect(await cloud.read(scopeOf('whole'))).toMatchObject({
          coverage: 'partial',
          error: { code: 'timeout' },
          networks: estate.networks,
        });
      });
    }
  });
}

function sorted(scopes: readonly CloudScope[]): string[] {
  return scopes.map(({ provider, account, region }) => `${provider} ${account} ${region}`).sort();
}
