import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './option';
import { readConfig } from './read-config';

describe('CLOUDPAM_TOKEN_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-token-'));
  const file = join(folder, 'token');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const reading = (env: Environment, ...argv: string[]): ReturnType<typeof readConfig> =>
    readConfig(['run', '--provider', 'aws', ...argv], {
      CLOUDPAM_SERVER: 'https://pam.example.com',
      ...env,
    });

  it('holds the token, with a line break or without', () => {
    writeFileSync(file, 'cpam_of_a_file\n');
    expect(reading({ CLOUDPAM_TOKEN_FILE: file })).toMatchObject({
      config: { delivery: { token: 'cpam_of_a_file' } },
    });
    expect(reading({ CLOUDPAM_TOKEN_FILE: file }, '--token', 'cpam_typed')).toMatchObject({
      config: { delivery: { token: 'cpam_typed' } },
    });
  });

  it.each([
    ['is not there', { CLOUDPAM_TOKEN_FILE: join(folder, 'missing') }, /TOKEN_FILE: .*ENOENT/],
    ['is a folder', { CLOUDPAM_TOKEN_FILE: folder }, /TOKEN_FILE: .*EISDIR/],
    ['is empty', { CLOUDPAM_TOKEN_FILE: '/dev/null' }, /TOKEN_FILE: \/dev\/null is empty/],
    [
      'comes with the token itself',
      { CLOUDPAM_TOKEN_FILE: file, CLOUDPAM_TOKEN: 'cpam_x' },
      /CLOUDPAM_TOKEN and CLOUDPAM_TOKEN_FILE exclude each other/,
    ],
  ])('that %s is a mistake', (_how, env, said) => {
    expect(reading(env)).toMatchObject({
      problems: expect.arrayContaining([expect.stringMatching(said)]) as string[],
    });
  });

  it('is of no use where its name is empty', () => {
    expect(reading({ CLOUDPAM_TOKEN_FILE: '', CLOUDPAM_TOKEN: 'cpam_x' })).toMatchObject({
      config: { delivery: { token: 'cpam_x' } },
    });
  });
});
