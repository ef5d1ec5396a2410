import { readConfig, type CollectorConfig } from './config';

const ENV = { CLOUDPAM_SERVER: 'https://ipam.example.com/', CLOUDPAM_TOKEN: 'cpam_a_secret' };

function problemsOf(argv: string[], env: { [name: string]: string } = ENV): readonly string[] {
  const reading = readConfig(argv, env);
  return reading.kind === 'invalid' ? reading.problems : [];
}

function configOf(argv: string[], env: { [name: string]: string } = ENV): CollectorConfig {
  const reading = readConfig(argv, env);
  if (reading.kind !== 'run') throw new Error(JSON.stringify(reading));
  return reading.config;
}

describe('readConfig', () => {
  it('takes server and token from the environment, and has defaults for the rest', () => {
    expect(configOf(['run', '--provider', 'aws'])).toEqual({
      provider: 'aws',
      server: 'https://ipam.example.com',
      token: 'cpam_a_secret',
      dryRun: false,
      concurrency: 4,
      attempts: 6,
      json: false,
    });
  });

  it('prefers the command line', () => {
    const config = configOf(['run', '--provider=files', '--path', 'estate', '--server', 'http://127.0.0.1:8080/ipam/', '--token', 'cpam_b_other', '--regions', 'eu-west-1, us-gov-west-1', '--dry-run', '--concurrency', '2', '--attempts=1', '--json']);
    expect(config).toMatchObject({ path: 'estate', server: 'http://127.0.0.1:8080/ipam', token: 'cpam_b_other', regions: ['eu-west-1', 'us-gov-west-1'], dryRun: true, concurrency: 2, attempts: 1, json: true });
  });

  it.each([
    [{ AWS_REGION: 'cn-north-1', AWS_DEFAULT_REGION: 'eu-west-1' }, [], 'cn-north-1'],
    [{ AWS_DEFAULT_REGION: 'eu-west-1' }, ['--regions', 'us-east-2'], 'eu-west-1'],
    [{}, ['--regions', 'us-east-2,us-west-2'], 'us-east-2'],
  ])('asks AWS in the region of the environment, else the first chosen one', (env, argv, expected) => {
    expect(configOf(['run', '--provider', 'aws', ...argv], { ...ENV, ...env }).homeRegion).toBe(expected);
  });

  it('names every mistake at once', () => {
    expect(problemsOf(['--provider', 'azure', '--regions', 'moon', '--concurrency', '99', '--attempts', 'x', '--colour', '--json=1', '--path'], {})).toEqual([
      'the command is missing: collector run',
      'there is no option --colour',
      '--json takes no value',
      '--path needs a value',
      '--provider "azure" is not one of aws, files',
      '--regions: not a region name: "moon"',
      '--server (or CLOUDPAM_SERVER) is missing: the address of the server, such as https://ipam.example.com',
      '--token (or CLOUDPAM_TOKEN) is missing',
      '--concurrency must be a whole number from 1 to 32',
      '--attempts must be a whole number from 1 to 20',
    ]);
  });

  it.each([
    ['files without a folder', ['run', '--provider', 'files'], '--path is missing: the folder of saved CLI output'],
    ['a folder for aws', ['run', '--provider', 'aws', '--path', 'x'], '--path is for the provider files only'],
    ['a server that is no address', ['run', '--provider', 'aws', '--server', 'ipam'], '--server is not an http or https address'],
    ['a server with a password', ['run', '--provider', 'aws', '--server', 'https://a:b@ipam'], '--server must not hold a user or password; the token is the credential'],
    ['an option in place of a value', ['run', '--provider', 'aws', '--token', '--json'], '--token needs a value'],
  ])('refuses %s', (_title, argv, message) => {
    expect(problemsOf(argv)).toContain(message);
  });

  it.each([
    ['with a line break inside', ['run', '--provider', 'aws', '--token', 'cpam_x\nsecret']],
    ['as an argument of its own', ['run', '--provider', 'aws', 'cpam_x_secret']],
    ['after a misspelt option', ['run', '--provider', 'aws', '--tokn', 'cpam_x_secret']],
    ['in a misspelt option', ['run', '--provider', 'aws', '--tokn=cpam_x_secret']],
  ])('never repeats a token %s', (_title, argv) => {
    const problems = problemsOf(argv);
    expect(problems).not.toEqual([]);
    expect(problems.join()).not.toContain('secret');
  });

  it.each([[['--help']], [['run', '-h', '--provider', 'nonsense']]])('gives help whatever else is asked', (argv) => {
    expect(readConfig(argv, {})).toEqual({ kind: 'help' });
  });
});
