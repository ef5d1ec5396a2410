import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { Api } from '../api';
import { describeWith } from '../counterpart';
import { startServer } from '../start-server';
import { containersOf } from './containers';
import { INVALID } from './plants/invalid';
import { MADE } from './plants/made';
import type { Module, Plant } from './plants/plant';
import { REFUSED } from './plants/refused';
import { WRITTEN } from './plants/written';
import { resourceFaults } from './resource-rules';
import { environmentOf } from './settings';
import { TerraformCopy, type Resource } from './terraform-copy';
import { at } from './value';
import { writtenFaults } from './written-rules';

/** Every example, and what it must be given. */
const EXAMPLES: Readonly<Record<Module, Readonly<Record<string, Record<string, string>>>>> = {
  'gcp-cloud-run': {
    'examples/complete': {},
    'examples/minimal': { project_id: 'platform-prod-7431' },
  },
  'aws-collector': {
    'examples/organization': { external_id: 'Zx81-0123456789-abcdef' },
    'examples/single-account': {
      server_url: 'https://pam.example.com:8443',
      vpc_id: 'vpc-0123456789abcdef0',
      subnet_ids: '["subnet-0123456789abcdef0"]',
    },
  },
};

describeWith('opentofu', 'the modules of Terraform', (home) => {
  let copy: TerraformCopy;

  afterEach(() => copy.remove());

  /** What is wrong with how the files are written. */
  const written = async (): Promise<string[]> => [
    ...(await copy.unformatted()),
    ...(await writtenFaults(home, copy.folder)),
    ...(await copy.staleReadmes()),
  ];

  /** What an example makes, or why it does not, and what is wrong with that. */
  async function made(
    module: Module,
    example: string,
  ): Promise<{ faults: readonly string[]; resources: Resource[] }> {
    const found = await copy.initialized(example);
    if (found.length > 0) return { faults: found, resources: [] };
    const { faults, resources } = await copy.apply(example, EXAMPLES[module][example] ?? {});
    if (faults.length > 0) return { faults, resources };
    if (containersOf(resources).length === 0)
      return { faults: [`${example}: starts nothing`], resources };
    return { faults: resourceFaults(resources), resources };
  }

  /** The environment of the first container of an app. */
  function startOf(
    app: 'server' | 'collector',
    resources: readonly Resource[],
  ): Readonly<Record<string, string>> {
    const container = containersOf(resources).find((each) => each.app === app);
    if (!container) throw new Error(`no ${app} is started`);
    return environmentOf(container, resources);
  }

  it.each(
    Object.entries(EXAMPLES).flatMap(([module, examples]) =>
      Object.keys(examples).map((example): [Module, string] => [module as Module, example]),
    ),
  )('%s has no fault, in itself and as %s uses it', async (module, example) => {
    copy = new TerraformCopy(home, module);
    expect(await written()).toEqual([]);
    expect(await copy.invalid(example)).toEqual([]);
    expect((await made(module, example)).faults).toEqual([]);
  });

  /** Plants a mistake, has a check look, and expects it to name the mistake. */
  async function expectFound(
    [module, , file, from, to, fault]: Plant,
    check: (example: string) => Promise<readonly string[]>,
  ): Promise<void> {
    copy = new TerraformCopy(home, module);
    copy.change(file, from, to);
    const [example = ''] = Object.keys(EXAMPLES[module]);
    expect((await check(example)).join('\n')).toMatch(new RegExp(fault.source, 'm'));
  }

  it.each(WRITTEN)('%s: a look at the files finds %s', (...plant) => expectFound(plant, written));

  it.each(INVALID)('%s: OpenTofu finds %s', (...plant) =>
    expectFound(plant, (example) => copy.invalid(example)),
  );

  it.each(MADE)('%s: what is made shows %s', (...plant) =>
    expectFound(plant, async (example) => (await made(plant[0], example)).faults),
  );

  it.each(REFUSED)('%s: a value is refused: %s', (...plant) =>
    expectFound(plant, async (example) => (await made(plant[0], example)).faults),
  );

  it('what Cloud Run is given starts a server that knows the token of its collectors', async () => {
    copy = new TerraformCopy(home, 'gcp-cloud-run');
    const { resources } = await made('gcp-cloud-run', 'examples/minimal');
    const server = startOf('server', resources);
    const collector = startOf('collector', resources);
    const started = await startServer('memory:', {
      ...server,
      DATABASE_URL: 'memory:',
      HOST: '127.0.0.1',
    });
    try {
      const roleOf = async (token = ''): Promise<unknown> =>
        at((await new Api(started.url, token).get('/me')).body, 'role');
      expect(await roleOf(server['CLOUDPAM_BOOTSTRAP_TOKEN'])).toBe('admin');
      expect(await roleOf(collector['CLOUDPAM_TOKEN'])).toBe('collector');
    } finally {
      await started.stop();
    }
  });

  it('the connection to the database is encrypted, to whom the certificate of the instance has signed', async () => {
    copy = new TerraformCopy(home, 'gcp-cloud-run');
    const { resources } = await made('gcp-cloud-run', 'examples/minimal');
    const server = startOf('server', resources);
    const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-ca-'));
    writeFileSync(path.join(folder, 'ca.pem'), 'the CA');
    const url = (server['DATABASE_URL'] ?? '').replace('/etc/cloudpam/database', folder);
    const { connectionParameters } = new Client({ connectionString: url }) as unknown as {
      connectionParameters: unknown;
    };
    rmSync(folder, { recursive: true });
    expect(connectionParameters).toMatchObject({
      host: '192.0.2.10',
      user: 'cloudpam',
      database: 'cloudpam',
      ssl: { ca: 'the CA' },
    });
    expect(at(connectionParameters, 'ssl', 'rejectUnauthorized')).not.toBe(false);
  });
});
