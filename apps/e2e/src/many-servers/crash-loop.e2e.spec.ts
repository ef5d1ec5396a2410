import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../start-server';

describe('workers that end again and again', () => {
  it('are started again with longer and longer pauses, and then given up', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(__dirname, 'crash-loop-host.mjs'), path.join(ROOT, 'apps/api/dist')],
      { encoding: 'utf8', timeout: 120_000 },
    );
    expect(status).toBe(1);
    const pauses = [...stdout.matchAll(/ended with 3; another one is started in ([\d.]+) s/g)].map(
      (found) => Number(found[1]),
    );
    expect([Math.min(...pauses), Math.max(...pauses)]).toEqual([0.001, 0.256]);
    expect(stdout).toMatch(
      /given up: 10 workers in a row have ended, at last: worker \d+ ended with 3/,
    );
  });
});
