import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../start-server';

const PAGES = readdirSync(path.join(ROOT, 'docs/deploy')).map((name) => `docs/deploy/${name}`);
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
/** Its blocks of commands. */
const blocksOf = (page: string): string[] =>
  [...text(page).matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block = '']) => block);

it.each(PAGES)('%s leads to pages that are there', (page) => {
  const links = [...text(page).matchAll(/]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links)
    expect([link, existsSync(path.join(ROOT, path.dirname(page), link))]).toEqual([link, true]);
});

const APPLIED = PAGES.filter((page) => blocksOf(page).join('').includes('tofu apply'));

it('some pages apply an example', () => expect(APPLIED.length).toBeGreaterThan(1));

describe.each(APPLIED)('%s', (page) => {
  it('asks its example for what that has', () => {
    const commands = blocksOf(page).join('');
    const folder = /^cd (\S+)$/m.exec(commands)?.[1] ?? '';
    const example = text(path.join(folder, 'main.tf'));
    const asked = [...commands.matchAll(/tofu output (?:-raw )?(\w+)/g)].map(([, name]) => name);
    expect(asked).not.toEqual([]);
    for (const name of asked) expect(example).toContain(`output "${name}" {`);
    for (const [, name] of commands.matchAll(/-var '?"?(\w+)=/g))
      expect(example).toContain(`variable "${name}" {`);
  });
});

it('docs/deploy/cloud-run.md needs ten commands', () => {
  const commands = (blocksOf('docs/deploy/cloud-run.md')[0] ?? '')
    .split('\n')
    .filter((line) => line !== '' && !/^(PROJECT=|cd )/.test(line));
  expect(commands.length).toBeLessThanOrEqual(10);
});
