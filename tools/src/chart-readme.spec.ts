import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '../chart-readme.mjs');
const CHART = path.join(__dirname, '../../deploy/helm/cloudpam');

function run(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
}

describe('the README of the Helm chart', () => {
  let folder: string;
  const values = (): string => path.join(folder, 'values.yaml');
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-chart-'));
    for (const file of ['README.md', 'values.yaml'])
      copyFileSync(path.join(CHART, file), path.join(folder, file));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('tells every value, with its default', () => {
    expect(run('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('is found to be of other values, and made anew', () => {
    writeFileSync(values(), readFileSync(values(), 'utf8').replace('replicas: 1', 'replicas: 2'));
    expect(run('--check', folder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not of values.yaml') as string,
    });
    expect(run(folder).status).toBe(0);
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).toContain('| `replicas` | `2` |');
    expect(run('--check', folder).status).toBe(0);
  });

  it('is refused to a value that nobody describes', () => {
    writeFileSync(values(), `${readFileSync(values(), 'utf8')}\nmore:\n  silent: 1\n`);
    expect(run(folder)).toMatchObject({
      status: 1,
      stderr: 'without a description: more.silent\n',
    });
  });
});
