import { planning } from '@cloudpam/pools/testing';
import type { ImportedAccount, ImportedPool, ImportRow, KeptHistory } from './index';
import { netbox, planOf, pool, source, vlan } from './importing.fixture';

const NO_TEXTS = ['a\0b', 'a\ud800b'];
const history: KeptHistory = {
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 2_147_483_648,
};

function cloud(facts: Partial<NonNullable<ImportedPool['cloud']>>): ImportedPool {
  return pool('10.0.0.0/24', {
    cloud: {
      source: 'discovered',
      externalId: 'subnet-1',
      externalVpc: 'vpc-1',
      syncStatus: 'synced',
      lastSyncAt: null,
      liveKey: null,
      ...facts,
    },
  });
}

function account(fields: Partial<ImportedAccount['set']>): ImportedAccount {
  const set = { key: 'aws:111122223333', provider: 'aws', externalId: '111122223333' } as const;
  return { entity: 'account', set: { ...set, ...fields } };
}

function rules(tag: string): ImportedPool {
  const lengths = { minPrefixLength: null, maxPrefixLength: null, defaultPrefixLength: null };
  return pool('10.0.0.0/24', { set: { rules: { ...lengths, requiredTags: [tag] } } });
}

/** The fields that are refused, of rows that are planned one by one. */
async function refused(items: readonly ImportRow['item'][]): Promise<(string | null)[]> {
  const plans = await Promise.all(items.map((item) => planOf(planning(), source(item))));
  return plans.flatMap(({ rows }) =>
    rows.map(({ action, code, field }) =>
      action === 'error' ? `${code ?? ''} ${field ?? ''}` : null,
    ),
  );
}

describe('texts of an import that no storage keeps', () => {
  it.each<[field: string, item: (text: string) => ImportRow['item']]>([
    ['region', (region: string) => pool('10.0.0.0/24', { set: { region } })],
    ['rules', rules],
    ['external_id', (externalId: string) => cloud({ externalId })],
    ['external_vpc', (externalVpc: string) => cloud({ externalVpc })],
    ['key', (key: string) => cloud({ liveKey: { key, wish: '{}' } })],
    ['platform', (platform: string) => account({ platform })],
    ['tier', (tier: string) => account({ tier })],
    ['environment', (environment: string) => account({ environment })],
    ['regions', (region: string) => account({ regions: [region] })],
    ['group', (group: string) => vlan(10, 'users', group)],
  ])('are an error of the row: %s', async (field, item) => {
    const texts = [...NO_TEXTS, 'x'.repeat(1_000)];
    expect(await refused(texts.map((text) => item(text)))).toEqual(
      texts.map(() => `invalid_value ${field}`),
    );
    expect(await refused([item('x')])).toEqual([null]);
  });

  it('are an error also as the id of another system', async () => {
    const id = { system: 'netbox', id: NO_TEXTS[0] ?? '' };
    expect(await refused([netbox(1, '10.0.0.0/24', { sourceId: id })])).toEqual([
      'invalid_value tags',
    ]);
  });

  it('are numbers too: versions that cannot be counted on, intervals and lists without a bound', async () => {
    const regions = Array.from({ length: 201 }, (_, at) => `r${at}`);
    const wrong = [
      pool('10.0.0.0/24', { history }),
      { ...vlan(10, 'users'), history },
      account({ discoveryInterval: 1 }),
      account({ discoveryInterval: 100_000_000 }),
      account({ regions }),
    ];
    expect(await refused(wrong)).toEqual([
      'invalid_value version',
      'invalid_value version',
      'invalid_value discovery_interval',
      'invalid_value discovery_interval',
      'invalid_value regions',
    ]);
  });
});
