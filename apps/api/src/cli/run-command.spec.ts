import { runCommand } from './run-command';

describe('what is typed', () => {
  let [out, err] = ['', ''];
  beforeEach(() => {
    [out, err] = ['', ''];
    jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => Boolean((out += String(text))));
    jest
      .spyOn(process.stderr, 'write')
      .mockImplementation((text) => Boolean((err += String(text))));
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([[], ['--help'], ['token', '--help'], ['token', 'create', '--help']])(
    'is asked for help: %s %s %s',
    async (...typed) => {
      expect(await runCommand(typed)).toBe(0);
      expect(out).toContain('Usage: cloudpam');
      expect(err).toBe('');
    },
  );

  it('is found in the help, every command of it', async () => {
    await runCommand(['--help']);
    for (const name of [
      'audit verify',
      'audit export',
      'backup <FILE>',
      'restore <FILE>',
      'move <URL>',
      'doctor',
      'events tail',
      'import <FILE>',
      'provider check',
      'import-snapshots <DIR>',
      'token create',
      'token list',
      'token rotate <ID>',
      'token revoke <ID>',
    ])
      expect(out).toContain(`\n  ${name} `);
  });

  it.each([
    [['tokens'], "unknown command 'tokens'"],
    [['token'], 'token create'],
    [['token', 'list', '--all'], "unknown option '--all'"],
    [['audit', 'verify', '--expect-head', 'x'], 'It must be 64 digits 0-9 a-f'],
    [['import-snapshots', 'a', 'b'], 'too many arguments'],
  ])('is no command: %s', async (typed, message) => {
    expect(await runCommand(typed)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});
