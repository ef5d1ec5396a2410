import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CloudNetworks, CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { filesCloudNetworks } from './files-cloud-networks';

const GCP = 'https://www.googleapis.com/compute/v1/projects/web-prod';
const NETWORKS = [
  { selfLink: `${GCP}/global/networks/main`, name: 'main', autoCreateSubnetworks: false },
];
const SUBNETS = [
  {
    selfLink: `${GCP}/regions/us-east1/subnetworks/a`,
    name: 'a',
    network: `${GCP}/global/networks/main`,
    region: `${GCP}/regions/us-east1`,
    ipCidrRange: '10.9.0.0/24',
  },
];
const VPCS = { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] };
const AWS_SUBNETS = {
  Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24' }],
};

/** Writes the files (objects as JSON) into a new folder. */
async function folderWith(files: { readonly [path: string]: unknown }): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'cloudpam-files-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(
      join(root, path),
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  }
  return root;
}

async function allScopes(cloud: CloudNetworks): Promise<CloudScope[]> {
  const accounts = await cloud.accounts();
  return (await Promise.all(accounts.map(({ id }) => cloud.scopes(id)))).flat();
}

describe('filesCloudNetworks', () => {
  let root: string;
  const write = async (files: { readonly [path: string]: unknown }): Promise<string> =>
    (root = await folderWith(files));
  const readAll = async (): Promise<ScopeSnapshot[]> => {
    const snapshots: ScopeSnapshot[] = [];
    for (const cloud of await filesCloudNetworks(root))
      for (const scope of await allScopes(cloud)) snapshots.push(await cloud.read(scope));
    return snapshots;
  };
  const summary = (snapshot: ScopeSnapshot) => [
    snapshot.provider,
    snapshot.account,
    snapshot.region,
    snapshot.coverage,
    snapshot.resources.length,
  ];
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gives one for each provider of an estate', async () => {
    await write({
      'aws/111122223333/eu-west-1/vpcs.json': VPCS,
      'aws/111122223333/eu-west-1/subnets.json': AWS_SUBNETS,
      'gcp/web-prod/networks.json': NETWORKS,
      'gcp/web-prod/subnets.json': SUBNETS,
      'README.md': 'not a scope',
    });
    expect((await readAll()).map(summary)).toEqual([
      ['aws', '111122223333', 'eu-west-1', 'complete', 2],
      ['gcp', 'web-prod', 'global', 'complete', 1],
    ]);
  });

  it.each([
    [
      'AWS',
      {
        '111122223333/eu-west-1/vpcs.json': VPCS,
        '111122223333/eu-west-1/subnets.json': AWS_SUBNETS,
        'notes/x.txt': '',
      },
      ['aws', '111122223333', 'eu-west-1', 'complete', 2],
    ],
    [
      'GCP',
      { 'web-prod/networks.json': NETWORKS, 'web-prod/subnets.json': SUBNETS, 'notes/x.txt': '' },
      ['gcp', 'web-prod', 'global', 'complete', 1],
    ],
  ])('knows a folder of %s alone by what is in it', async (_title, files, expected) => {
    await write(files);
    expect((await readAll()).map(summary)).toEqual([expected]);
  });

  it.each([
    ['subnets are missing', { 'subnets.json': undefined }, 'partial', 'file_missing'],
    ['subnets are an empty file', { 'subnets.json': '' }, 'partial', 'malformed_answer'],
    ['networks are missing', { 'networks.json': undefined }, 'failed', 'file_missing'],
    [
      'networks are an error text',
      { 'networks.json': 'ERROR: (gcloud) ...' },
      'failed',
      'malformed_answer',
    ],
    ['networks are an object', { 'networks.json': {} }, 'failed', 'malformed_answer'],
    ['networks are null', { 'networks.json': 'null' }, 'failed', 'malformed_answer'],
  ])('a project whose %s is not complete', async (_title, changed, coverage, code) => {
    const files = Object.entries({
      'networks.json': NETWORKS,
      'subnets.json': SUBNETS,
      ...changed,
    }).filter(([, content]) => content !== undefined);
    await write(
      Object.fromEntries(files.map(([name, content]) => [`gcp/web-prod/${name}`, content])),
    );
    expect(await readAll()).toMatchObject([
      { coverage, error: { code, message: expect.stringContaining(`${join('gcp', 'web-prod')}`) } },
    ]);
  });

  it('a region without files is failed, not left out', async () => {
    await write({ 'aws/111122223333/eu-west-1/notes.txt': '' });
    expect(await readAll()).toMatchObject([
      { region: 'eu-west-1', coverage: 'failed', error: { code: 'file_missing' } },
    ]);
  });

  it('a listing that the CLI cut off is partial', async () => {
    await write({
      'aws/111122223333/eu-west-1/vpcs.json': { ...VPCS, NextToken: 'eyJ' },
      'aws/111122223333/eu-west-1/subnets.json': AWS_SUBNETS,
    });
    expect(await readAll()).toMatchObject([{ coverage: 'partial', error: { code: 'truncated' } }]);
  });

  describe('text that Windows saves', () => {
    const NAME = 'Büro – „Zürich“ 5 €';
    const named = JSON.stringify({
      Vpcs: [{ ...VPCS.Vpcs[0], Tags: [{ Key: 'Name', Value: NAME }] }],
    });
    const cp1252 = Buffer.from(
      named.replace(
        /[–„“€]/g,
        (each) => ({ '–': '\x96', '„': '\x84', '“': '\x93', '€': '\x80' })[each] ?? each,
      ),
      'latin1',
    );
    const read = async (vpcs: Buffer) => {
      await write({
        'aws/111122223333/eu-west-1/vpcs.json': vpcs,
        'aws/111122223333/eu-west-1/subnets.json': AWS_SUBNETS,
      });
      return (await readAll())[0];
    };

    it.each([
      ['UTF-8', Buffer.from(named)],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${named}`)],
      ['UTF-16, by PowerShell', Buffer.from(`\uFEFF${named}`, 'utf16le')],
      ['UTF-16 the other way round', Buffer.from(`\uFEFF${named}`, 'utf16le').swap16()],
      ['UTF-16 without a mark', Buffer.from(named, 'utf16le')],
      ['cp1252', cp1252],
    ])('is read in %s', async (_encoding, bytes) => {
      const snapshot = await read(bytes);
      expect([snapshot?.coverage, snapshot?.networks[0]?.name]).toEqual(['complete', NAME]);
    });

    it.each([
      [
        'cut within a character',
        Buffer.from(
          Buffer.from(named.replace('ü', 'ü!')).toString('latin1').replace('\xc3\xbc!', '\xc3'),
          'latin1',
        ),
      ],
      [
        'bytes that cp1252 has not',
        Buffer.from(named.replaceAll('Büro – „Zürich“ 5 €', 'B\x81ro'), 'latin1'),
      ],
      [
        'half a character of UTF-16',
        Buffer.from(`\uFEFF${named.replace('B', '\ud800')}`, 'utf16le'),
      ],
    ])('is refused with the name of the file when it has %s', async (_what, bytes) => {
      const snapshot = await read(bytes);
      expect(snapshot).toMatchObject({
        coverage: 'failed',
        error: {
          code: 'malformed_answer',
          message: expect.stringMatching(/eu-west-1\/vpcs\.json is text in neither/),
        },
      });
      expect(JSON.stringify(snapshot?.networks)).not.toContain('\uFFFD');
    });
  });

  it('reads the demo estate completely', async () => {
    await write({});
    const clouds = await filesCloudNetworks(join(__dirname, '../../../../examples/estate'));
    const snapshots = await Promise.all(
      clouds.map(async (cloud) =>
        Promise.all((await allScopes(cloud)).map((scope) => cloud.read(scope))),
      ),
    );
    expect(snapshots.flat().filter((snapshot) => snapshot.coverage !== 'complete')).toEqual([]);
    expect(snapshots.map((ofProvider) => ofProvider.length)).toEqual([9, 2]);
  });

  it('covers only the chosen AWS regions, and every GCP project', async () => {
    await write({
      'aws/111122223333/eu-west-1/vpcs.json': VPCS,
      'aws/111122223333/us-east-1/vpcs.json': VPCS,
      'gcp/web-prod/networks.json': NETWORKS,
    });
    const clouds = await filesCloudNetworks(root, { regions: ['us-east-1'] });
    const scopes = await Promise.all(clouds.map(allScopes));
    expect(scopes.flat().map((scope) => scope.region)).toEqual(['us-east-1', 'global']);
  });

  it('dates a snapshot when it is read, so that the same files are accepted again', async () => {
    await write({ 'gcp/web-prod/networks.json': NETWORKS, 'gcp/web-prod/subnets.json': SUBNETS });
    const now = new Date('2026-01-02T03:04:05Z');
    const [cloud] = await filesCloudNetworks(root, { now: () => now });
    expect(
      await cloud?.read({ provider: 'gcp', account: 'web-prod', region: 'global' }),
    ).toMatchObject({ collectedAt: now, coverage: 'complete' });
  });

  it('refuses a folder that is not there, one with nothing saved, and regions that are not saved', async () => {
    await write({ 'aws/111122223333/eu-west-1/vpcs.json': VPCS, 'empty/x.txt': '' });
    await expect(filesCloudNetworks(join(root, 'nowhere'))).rejects.toThrow('there is no folder');
    await expect(filesCloudNetworks(join(root, 'empty'))).rejects.toThrow(
      'holds no saved CLI output',
    );
    await expect(filesCloudNetworks(root, { regions: ['mars-north-1'] })).rejects.toThrow(
      'holds nothing of the regions mars-north-1',
    );
  });
});
