import { readFileSync } from 'node:fs';
import path from 'node:path';
import { satisfies } from 'semver';

const ROOT = path.join(__dirname, '../..');

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly engines?: { readonly node?: string }; readonly optional?: boolean }>
  >;
}

const json = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const { engines } = json('package.json') as { engines: { node: string } };
const FLOOR = `${engines.node.replace('>=', '')}.0`;
const { packages } = json('package-lock.json') as Lock;

/** What says that it does not run on a version of Node; npm leaves out an optional one by itself. */
function refusing(version: string): string[] {
  return Object.entries(packages)
    .filter(([, { optional, engines: needs }]) => !optional && needs?.node !== undefined)
    .filter(([, { engines: needs }]) => !satisfies(version, needs?.node ?? '*'))
    .map(([place, { engines: needs }]) => `${place} needs Node ${needs?.node}`);
}

describe('the floor of Node', () => {
  it('is what the README tells', () => {
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(
      `Node ${engines.node.replace('>=', '')} or newer`,
    );
  });

  it.each([FLOOR, '22.13.0', '24.11.0'])(
    '%s is enough for every package, the SDK of AWS too',
    (version) => {
      expect(refusing(version)).toEqual([]);
    },
  );

  it('is told to be broken by a package that needs more', () => {
    expect(refusing('18.20.0').join('\n')).toMatch(
      /node_modules\/@aws-sdk\/client-ec2 needs Node >=20/,
    );
  });
});
