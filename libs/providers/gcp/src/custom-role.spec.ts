import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The permission that each method needs, by Google's reference. */
const PERMISSION_OF: { readonly [method: string]: string } = {
  'networks.list': 'compute.networks.list',
  'subnetworks.aggregatedList': 'compute.subnetworks.list',
  'projects.search': 'resourcemanager.projects.get',
  'folders.list': 'resourcemanager.folders.list',
};
const INTERFACES_OF: { readonly [method: string]: string } = {
  'addresses.aggregatedList': 'compute.addresses.list',
  'instances.aggregatedList': 'compute.instances.list',
};
const DOCS = join(__dirname, '../../../../docs/collectors/gcp');
const ROLES: readonly (readonly [file: string, permissions: typeof PERMISSION_OF])[] = [
  ['custom-role.yaml', PERMISSION_OF],
  ['custom-role-interfaces.yaml', { ...PERMISSION_OF, ...INTERFACES_OF }],
];

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

describe('the custom roles', () => {
  it.each(ROLES)(
    '%s is what gcloud iam roles create takes: four fields, the last one a list',
    async (file) => {
      const lines = (await readFile(join(DOCS, file), 'utf8')).trimEnd().split('\n');
      expect(lines.slice(0, 4).map((line) => /^(\w+):( \S.*)?$/.exec(line)?.[1])).toEqual([
        'title',
        'description',
        'stage',
        'includedPermissions',
      ]);
      expect(
        lines.slice(4).filter((line) => !/^- [a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/.test(line)),
      ).toEqual([]);
    },
  );

  it.each(ROLES)(
    '%s has the permissions of the methods that are called, and no others',
    async (file, permissions) => {
      expect(await methodsCalled()).toEqual(
        Object.keys({ ...PERMISSION_OF, ...INTERFACES_OF }).sort(),
      );
      const listed = [...(await readFile(join(DOCS, file), 'utf8')).matchAll(/^- (.+)$/gm)].map(
        ([, permission]) => permission,
      );
      expect(listed).toEqual(Object.values(permissions).sort());
    },
  );
});
