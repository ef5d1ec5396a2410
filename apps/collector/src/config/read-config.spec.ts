import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpText } from './command-line';
import { variableOf } from './option';
import { OPTIONS } from './options';
import { readConfig, type AgentConfig, type CollectorConfig, type RunConfig } from './read-config';

type Env = { [name: string]: string };

const ENV: Env = { CLOUDPAM_SERVER: 'https://ipam.example.com/', CLOUDPAM_TOKEN: 'cpam_a_secret' };
const SIGNER = { publicId: 'abcdefghij27', secret: 'a'.repeat(52) };
const SIGNING: Env = { ...ENV, CLOUDPAM_TOKEN: `cpam_${SIGNER.publicId}_${SIGNER.secret}` };

function problemsOf(argv: string[], env: Env = ENV): readonly string[] {
  const reading = readConfig(argv, env);
  return reading.kind === 'invalid' ? reading.problems : [];
}

type Flat<Config> = Omit<Config, 'providers'> & {
  readonly aws?: { readonly homeRegion?: string };
  readonly gcp?: object;
};

/** The config with the settings of each provider by its name. */
function flat<Config extends CollectorConfig>({ providers, ...rest }: Config): Flat<Config> {
  return { ...rest, ...Object.fromEntries(providers.map((each) => [each.name, each.settings])) };
}

function runOf(argv: string[], env: Env = ENV): Flat<RunConfig> {
  const reading = readConfig(['run', ...argv], env);
  if (reading.kind !== 'run') throw new Error(JSON.stringify(reading));
  return flat(reading.config);
}

function agentOf(argv: string[], env: Env = ENV): Flat<AgentConfig> {
  const reading = readConfig(['agent', ...argv], env, 'host-1');
  if (reading.kind !== 'agent') throw new Error(JSON.stringify(reading));
  return flat(reading.config);
}

const AWS = ['--provider', 'aws'];

describe('readConfig', () => {
  it('takes server and token from the environment, and has defaults for the rest', () => {
    expect(runOf(AWS)).toEqual({
      aws: { partition: 'aws' },
      concurrency: 4,
      scopeTimeoutMs: 120_000,
      delivery: {
        kind: 'server',
        server: 'https://ipam.example.com',
        token: 'cpam_a_secret',
        dryRun: false,
        attempts: 6,
      },
      json: false,
    });
  });

  it('prefers the command line', () => {
    const config = runOf(
      [
        '--provider=files',
        '--path',
        'estate',
        '--server',
        'http://127.0.0.1:8080/ipam/',
        '--token',
        'cpam_b_other',
        '--regions',
        'eu-west-1, us-gov-west-1',
        '--dry-run',
        '--concurrency',
        '2',
        '--attempts=1',
        '--json',
      ],
      {
        ...ENV,
        CLOUDPAM_PATH: 'other',
        CLOUDPAM_CONCURRENCY: '9',
        CLOUDPAM_JSON: 'false',
      },
    );
    expect(config).toMatchObject({
      files: { path: 'estate', regions: ['eu-west-1', 'us-gov-west-1'] },
      delivery: {
        server: 'http://127.0.0.1:8080/ipam',
        token: 'cpam_b_other',
        dryRun: true,
        attempts: 1,
      },
      concurrency: 2,
      json: true,
    });
  });

  it('takes every option from the environment', () => {
    const env: Env = {
      ...SIGNING,
      CLOUDPAM_PROVIDER: 'aws,gcp',
      CLOUDPAM_CONCURRENCY: '8',
      CLOUDPAM_SCOPE_TIMEOUT: '30',
      CLOUDPAM_ATTEMPTS: '3',
      CLOUDPAM_SPOOL: '/spool',
      CLOUDPAM_SPOOL_LIMIT: '10',
      CLOUDPAM_REGIONS: 'eu-west-1',
      CLOUDPAM_INTERFACES: 'true',
      CLOUDPAM_ORGANIZATION: 'true',
      CLOUDPAM_ROLE_NAME: 'Reader',
      CLOUDPAM_EXTERNAL_ID: 'x-1',
      CLOUDPAM_SESSION_SECONDS: '3600',
      CLOUDPAM_PARTITION: 'aws-cn',
      CLOUDPAM_ACCOUNT_CONCURRENCY: '2',
      CLOUDPAM_PARENT: 'folders/1',
      CLOUDPAM_PROJECT_QUERY: 'labels.env:prod',
      CLOUDPAM_INTERVAL: '30m',
      CLOUDPAM_NAME: 'eu',
      CLOUDPAM_HEALTH_FILE: '/tmp/health',
      CLOUDPAM_ACCOUNTS: '',
    };
    expect(agentOf([], env)).toEqual({
      aws: {
        interfaces: true,
        regions: ['eu-west-1'],
        homeRegion: 'eu-west-1',
        partition: 'aws-cn',
        members: {
          roleName: 'Reader',
          externalId: 'x-1',
          sessionSeconds: 3_600,
          accountConcurrency: 2,
        },
      },
      gcp: { interfaces: true, parent: 'folders/1', projectQuery: 'labels.env:prod' },
      concurrency: 8,
      scopeTimeoutMs: 30_000,
      delivery: {
        kind: 'server',
        server: 'https://ipam.example.com',
        token: SIGNING['CLOUDPAM_TOKEN'],
        dryRun: false,
        attempts: 3,
        spool: { folder: '/spool', limitBytes: 10_000_000, signer: SIGNER },
      },
      agent: { intervalMs: 1_800_000, name: 'eu', healthFile: '/tmp/health' },
    });
  });

  it.each([
    [{ AWS_REGION: 'cn-north-1', AWS_DEFAULT_REGION: 'eu-west-1' }, [], 'cn-north-1'],
    [{ AWS_DEFAULT_REGION: 'eu-west-1' }, ['--regions', 'us-east-2'], 'eu-west-1'],
    [{}, ['--regions', 'us-east-2,us-west-2'], 'us-east-2'],
    [{}, ['--partition', 'aws-us-gov'], 'us-gov-west-1'],
    [{}, [], undefined],
  ])(
    'asks AWS in the region of the environment, else the first chosen one, else one of the partition',
    (env, argv, expected) => {
      expect(runOf([...AWS, ...argv], { ...ENV, ...env }).aws?.homeRegion).toBe(expected);
    },
  );

  it('covers chosen accounts, or projects', () => {
    expect(runOf([...AWS, '--accounts', '111122223333,444455556666'])).toMatchObject({
      aws: {
        members: {
          accounts: ['111122223333', '444455556666'],
          roleName: 'CloudPAMCollector',
          sessionSeconds: 900,
        },
      },
    });
    expect(
      runOf(['--provider', 'gcp', '--projects', 'web-prod-1,example.com:web-prod']),
    ).toMatchObject({ gcp: { projects: ['web-prod-1', 'example.com:web-prod'] } });
    expect(runOf(['--provider', 'gcp']).gcp).toEqual({});
  });

  it.each(['teams/net/Reader', '/teams/net/Reader'])('takes %s for a role with a path', (role) => {
    expect(runOf([...AWS, '--organization', '--role-name', role])).toMatchObject({
      aws: { members: { roleName: 'teams/net/Reader' } },
    });
  });

  it('leaves regions out, and does not ask there either', () => {
    expect(
      runOf([...AWS, '--regions', 'ap-east-1,eu-west-1', '--exclude-regions', 'ap-east-1']).aws,
    ).toMatchObject({ excludedRegions: ['ap-east-1'], homeRegion: 'eu-west-1' });
  });

  it('writes into a sink without a server', () => {
    expect(
      runOf([...AWS, '--sink', 'file:/out'], { CLOUDPAM_TOKEN: SIGNING['CLOUDPAM_TOKEN'] ?? '' })
        .delivery,
    ).toEqual({ kind: 'sink', folder: '/out', signer: SIGNER });
  });

  it.each([
    ['6h', 21_600_000],
    ['90s', 90_000],
    ['1d', 86_400_000],
    ['0', null],
  ])('an interval of %s is %s milliseconds', (text, expected) => {
    expect(agentOf([...AWS, '--interval', text]).agent).toEqual({
      intervalMs: expected,
      name: 'host-1',
    });
  });

  it('an agent reads every six hours unless it is told otherwise', () => {
    expect(agentOf(AWS).agent.intervalMs).toBe(6 * 3_600_000);
  });

  it('names every mistake at once', () => {
    expect(
      problemsOf(
        [
          '--provider',
          'azure',
          '--regions',
          'moon',
          '--concurrency',
          '99',
          '--attempts',
          'x',
          '--colour',
          '--json=1',
          '--path',
        ],
        { CLOUDPAM_SPEED: '1', CLOUDPAM_DRY_RUN: 'maybe' },
      ),
    ).toEqual([
      'the command is missing: collector run, or collector agent',
      'there is no option --colour',
      '--json takes no value',
      '--path needs a value',
      'CLOUDPAM_SPEED is no setting of the collector; collector --help tells them',
      'CLOUDPAM_DRY_RUN must be true or false',
      '--provider "azure" is not one of aws, gcp, files',
      '--regions: not a region name: "moon"',
      '--concurrency must be a whole number from 1 to 32',
      '--token (or CLOUDPAM_TOKEN) is missing',
      '--attempts must be a whole number from 1 to 20',
      '--server (or CLOUDPAM_SERVER) is missing: the address of the server, such as https://ipam.example.com',
    ]);
  });

  it.each<[string, string[], string, Env?]>([
    [
      'files without a folder',
      ['run', '--provider', 'files'],
      '--path is missing: the folder of saved CLI output',
    ],
    ['a folder for aws', ['run', ...AWS, '--path', 'x'], '--path is for the provider files only'],
    [
      'regions for gcp',
      ['run', '--provider', 'gcp'],
      'CLOUDPAM_REGIONS is for the provider aws or files only',
      { ...ENV, CLOUDPAM_REGIONS: 'eu-west-1' },
    ],
    [
      'projects for aws',
      ['run', ...AWS, '--projects', 'web-prod'],
      '--projects is for the provider gcp only',
    ],
    [
      'an organization for gcp',
      ['run', '--provider', 'gcp', '--organization'],
      '--organization is for the provider aws only',
    ],
    [
      'an interval for a run',
      ['run', ...AWS, '--interval', '1h'],
      '--interval is for collector agent only',
    ],
    [
      'a sink for an agent',
      ['agent', ...AWS, '--sink', 'file:x'],
      '--sink is for collector run only',
    ],
    [
      'a dry agent',
      ['agent', ...AWS],
      'CLOUDPAM_DRY_RUN is for collector run only',
      { ...ENV, CLOUDPAM_DRY_RUN: '1' },
    ],
    [
      'all accounts and some',
      ['run', ...AWS, '--organization', '--accounts', '111122223333'],
      '--organization and --accounts exclude each other: all accounts, or these',
    ],
    [
      'a role for one account',
      ['run', ...AWS, '--role-name', 'Reader'],
      '--role-name needs --organization or --accounts',
    ],
    [
      'an account that is none',
      ['run', ...AWS, '--accounts', '1111'],
      '--accounts: not an account of 12 digits: "1111"',
    ],
    [
      'a role by its ARN',
      ['run', ...AWS, '--organization', '--role-name', 'arn:aws:iam::1:role/x'],
      '--role-name is not the name of an IAM role, with its path if it has one: teams/net/Reader',
    ],
    [
      'a region to leave out that is none',
      ['run', ...AWS, '--exclude-regions', 'moon'],
      '--exclude-regions: not a region name: "moon"',
    ],
    [
      'a session that is too short',
      ['run', ...AWS, '--organization', '--session-seconds', '60'],
      '--session-seconds must be a whole number from 900 to 43200',
    ],
    [
      'a partition that is none',
      ['run', ...AWS, '--partition', 'aws-moon'],
      '--partition must be one of aws, aws-us-gov, aws-cn',
    ],
    [
      'a parent that is none',
      ['run', '--provider', 'gcp', '--parent', 'projects/1'],
      '--parent must be organizations/N or folders/N',
    ],
    [
      'projects and a parent',
      ['run', '--provider', 'gcp', '--projects', 'web-prod', '--parent', 'folders/1'],
      '--projects excludes --parent and --project-query: these projects, or those that are found',
    ],
    [
      'a sink and a server',
      ['run', ...AWS, '--sink', 'file:x'],
      '--sink and CLOUDPAM_SERVER exclude each other: a sink needs no server',
    ],
    [
      'a sink that is no folder',
      ['run', ...AWS, '--sink', 's3://x'],
      '--sink must be file: and a folder, such as file:/var/lib/cloudpam/out',
    ],
    [
      'a spool that is dry',
      ['run', ...AWS, '--spool', 'x', '--dry-run'],
      '--spool and --dry-run exclude each other: a dry run leaves nothing to deliver later',
    ],
    [
      'a limit without a spool',
      ['run', ...AWS, '--spool-limit', '1'],
      '--spool-limit needs --spool',
    ],
    [
      'a token that cannot sign',
      ['run', ...AWS, '--spool', 'x'],
      '--token (or CLOUDPAM_TOKEN) cannot sign files: it is not cpam_<12 characters a-z2-7>_<52 characters a-z2-7>',
    ],
    [
      'an interval without a unit',
      ['agent', ...AWS, '--interval', '6'],
      '--interval must be 0, or a time from 1m to 14d such as 90s, 30m, 6h or 1d',
    ],
    [
      'a server that is no address',
      ['run', ...AWS, '--server', 'ipam'],
      '--server is not an http or https address',
    ],
    [
      'a server with a password',
      ['run', ...AWS, '--server', 'https://a:b@ipam'],
      '--server must not hold a user or password; the token is the credential',
    ],
    [
      'an option in place of a value',
      ['run', ...AWS, '--token', '--json'],
      '--token needs a value',
    ],
  ])('refuses %s', (_title, argv, message, env = ENV) => {
    expect(problemsOf(argv, env)).toContain(message);
  });

  it.each([
    ['with a line break inside', ['run', ...AWS, '--token', 'cpam_x\nsecret']],
    ['as an argument of its own', ['run', ...AWS, 'cpam_x_secret']],
    ['after a misspelt option', ['run', ...AWS, '--tokn', 'cpam_x_secret']],
    ['in a misspelt option', ['run', ...AWS, '--tokn=cpam_x_secret']],
    ['that cannot sign', ['run', ...AWS, '--spool', 'x', '--token', 'cpam_x_secret']],
  ])('never repeats a token %s', (_title, argv) => {
    const problems = problemsOf(argv);
    expect(problems).not.toEqual([]);
    expect(problems.join()).not.toContain('secret');
  });

  it("leaves the server's own settings alone, as the README tells them", () => {
    const readme = readFileSync(join(__dirname, '../../../../README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| ((?:`CLOUDPAM_\w+`(?:, )?)+)/gm)];
    const names = rows.flatMap(([, row = '']) => [...row.matchAll(/\w+/g)].map(([name]) => name));
    expect(names.length).toBeGreaterThan(3);
    for (const name of [...names, 'CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN_FILE'])
      expect(problemsOf(['run', ...AWS], { ...ENV, [name]: 'x' })).toEqual([]);
  });

  it('gives its version whatever else is asked but help', () => {
    expect(readConfig(['--version'], {})).toEqual({ kind: 'version' });
    expect(readConfig(['run', '--version', '--provider', 'nonsense'], {}).kind).toBe('version');
    expect(readConfig(['--version', '--help'], {}).kind).toBe('help');
  });

  it.each([[['--help']], [['run', '-h', '--provider', 'nonsense']]])(
    'gives help whatever else is asked',
    (argv) => {
      expect(readConfig(argv, {})).toEqual({ kind: 'help' });
    },
  );
});

describe('the help', () => {
  it('tells every option', () => {
    for (const name of OPTIONS.keys())
      expect(helpText()).toMatch(new RegExp(`^  --${name}( |$)`, 'm'));
  });

  it('fits a terminal', () => {
    expect(
      helpText()
        .split('\n')
        .filter((line) => line.length > 120),
    ).toEqual([]);
  });

  it('tells of the variables of others that it reads', () => {
    for (const name of [
      'HTTPS_PROXY',
      'NO_PROXY',
      'AWS_CA_BUNDLE',
      'NODE_EXTRA_CA_CERTS',
      'AWS_PROFILE',
    ])
      expect(helpText()).toContain(name);
  });

  it('calls the variables as they are read', () => {
    expect(variableOf('spool-limit')).toBe('CLOUDPAM_SPOOL_LIMIT');
    expect(helpText()).toContain('CLOUDPAM_SPOOL_LIMIT');
  });
});
