import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The permission that each method needs, by Google's reference. */
const PERMISSION_OF: { readonly [method: string]: string } = {
  'networks.list': 'compute.networks.list',
  'subnetworks.aggregatedList': 'compute.subnetworks.list',
  'projects.search': 'resourcemanager.projects.get',
  'folders.list': 'resourcemanager.folders.list',
};
const ROLE = join(__dirname, '../../../../docs/collectors/gcp/custom-role.yaml');

/** Every `api.COLLECTION.METHOD(` in what is shipped of this library. */
async function methodsCalled(): Promise<string[]> {
  const files = (await readdir(__dirname)).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
  );
  const sources = await Promise.all(files.map((name) => readFile(join(__dirname, name), 'utf8')));
  const calls = sources.flatMap((source) =>
    [...source.matchAll(/\bapi\.(\w+\.\w+)\(/g)].map(([, method]) => method ?? ''),
  );
  return [...new Set(calls)].sort();
}

describe('the custom role', () => {
  it('is what gcloud iam roles create takes: four fields, the last one a list', async () => {
    const lines = (await readFile(ROLE, 'utf8')).trimEnd().split('\n');
    expect(lines.slice(0, 4).map((line) => /^(\w+):( \S.*)?$/.exec(line)?.[1])).toEqual([
      'title',
      'description',
      'stage',
      'includedPermissions',
    ]);
    expect(lines.slice(4).filter((line) => !/^- [a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/.test(line))).toEqual(
      [],
    );
  });

  it('has the permissions of the methods that are called, and no others', async () => {
    const called = await methodsCalled();
    expect(called).toEqual(Object.keys(PERMISSION_OF).sort());
    const listed = [...(await readFile(ROLE, 'utf8')).matchAll(/^- (.+)$/gm)].map(
      ([, permission]) => permission,
    );
    expect(listed).toEqual(called.map((method) => PERMISSION_OF[method]).sort());
  });
});
