import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const API = join(import.meta.dirname, '../apps/api/src');

/** The tags a tests' file may import besides what its library may. */
const TEST_ONLY = ['layer:contract'];
/**
 * Domains whose tests run over the storage in memory, which is made of these domains: a circle of
 * tests, and of nothing that is built.
 */
const TESTED_IN_MEMORY = ['pools', 'reconciliation', 'identity', 'import', 'forecast', 'digests'];

/**
 * What every library may import: its tags are in the "nx" part of its package.json. The table of
 * docs/architecture.md.
 */
const CONSTRAINTS = [
  { from: 'domain:cidr', to: [], packages: ['ipaddr.js'] },
  { from: 'domain:clouds', to: [], packages: [] },
  { from: 'domain:audit', to: ['domain:cidr'], packages: ['canonicalize'] },
  {
    from: 'domain:pools',
    to: ['domain:cidr', 'domain:clouds', 'domain:audit'],
    packages: [],
  },
  {
    from: 'domain:reconciliation',
    to: ['domain:cidr', 'domain:clouds', 'domain:audit', 'domain:pools', 'domain:forecast'],
    packages: [],
  },
  { from: 'domain:events', to: ['domain:cidr', 'domain:audit'], packages: [] },
  {
    from: 'domain:digests',
    to: [
      'domain:cidr',
      'domain:audit',
      'domain:events',
      'domain:forecast',
      'domain:pools',
      'domain:reconciliation',
    ],
    packages: [],
  },
  {
    from: 'domain:import',
    to: ['domain:cidr', 'domain:clouds', 'domain:audit', 'domain:pools'],
    packages: [],
  },
  {
    from: 'domain:forecast',
    to: ['domain:cidr', 'domain:clouds', 'domain:audit', 'domain:pools'],
    packages: [],
  },
  {
    from: 'domain:analysis',
    to: ['domain:cidr', 'domain:clouds', 'domain:audit', 'domain:pools', 'domain:forecast'],
    packages: [],
  },
  { from: 'domain:identity', to: ['domain:audit', 'domain:pools'], packages: ['lru-cache'] },
  { from: 'layer:contract', to: ['layer:domain'], packages: [] },
  {
    from: 'layer:storage',
    to: ['layer:domain', 'layer:runtime'],
    never: ['@nestjs/*', '@aws-sdk/*', '@googleapis/*'],
  },
  {
    from: 'layer:provider-shapes',
    to: ['domain:cidr', 'domain:clouds', 'domain:reconciliation'],
    packages: [],
  },
  {
    from: 'layer:provider',
    to: ['domain:cidr', 'domain:clouds', 'domain:reconciliation', 'layer:provider-shapes'],
    never: ['@nestjs/*', 'typeorm', 'pg', 'better-sqlite3'],
  },
  {
    from: 'layer:formats',
    to: ['domain:cidr', 'domain:clouds', 'domain:pools', 'domain:import'],
    packages: ['csv-parse', 'yauzl'],
  },
  { from: 'layer:workbook', to: [], packages: ['@e965/xlsx', 'fflate'] },
  { from: 'layer:sinks', to: [], never: ['@nestjs/*', 'typeorm', 'pg', 'better-sqlite3'] },
  { from: 'layer:runtime', to: [], packages: [] },
  { from: 'layer:client', to: [], packages: ['openapi-fetch'] },
  {
    from: 'app:api',
    to: [
      'layer:domain',
      'layer:formats',
      'layer:runtime',
      'layer:sinks',
      'layer:storage',
      'layer:workbook',
    ],
    never: ['@aws-sdk/*', '@googleapis/*', '@nats-io/*', 'kafkajs'],
  },
  {
    from: 'app:collector',
    to: [
      'domain:cidr',
      'domain:clouds',
      'domain:reconciliation',
      'layer:provider',
      'layer:provider-shapes',
      'layer:client',
      'layer:runtime',
    ],
    never: ['typeorm', 'pg', 'better-sqlite3'],
  },
  {
    from: 'app:web',
    to: ['domain:cidr', 'domain:clouds', 'layer:client', 'layer:workbook'],
    never: ['@nestjs/*', 'typeorm', '@aws-sdk/*'],
  },
  { from: 'app:e2e', to: ['*'] },
  { from: 'app:tools', to: ['*'] },
];

/**
 * Options of the rule `@nx/enforce-module-boundaries`.
 * @param {'product' | 'tests'} files files of the tests may import the contract suites and any
 *   installed package
 */
export function boundaries(files) {
  const tests = files === 'tests';
  return {
    allow: [],
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies: ['storage-memory', ...TESTED_IN_MEMORY].flatMap((from) =>
      TESTED_IN_MEMORY.filter((to) => to !== from).map((to) => [from, to]),
    ),
    depConstraints: CONSTRAINTS.map(({ from, to, packages, never }) => ({
      sourceTag: from,
      onlyDependOnLibsWithTags: tests
        ? [...to, ...TEST_ONLY, ...(from.startsWith('domain:') ? ['storage:memory'] : [])]
        : to,
      ...(packages && !tests ? { allowedExternalImports: packages } : {}),
      ...(never && !tests ? { bannedExternalImports: never } : {}),
    })),
  };
}

/**
 * The folders of apps/api/src from the ground up, and what composes them: each may import what
 * stands before it here, and nothing that stands behind it.
 */
const API_ORDER = [
  'config',
  'tracing',
  'storage',
  'workers',
  'background',
  'limits',
  'http',
  'audit',
  'access',
  'events',
  'records',
  'pools',
  'addresses',
  'forecasts',
  'analysis',
  'discovery',
  'dashboard',
  'search',
  'import',
  'webhooks',
  'digests',
  'operations',
  'app.module',
  'cli',
  'openapi-document',
  'create-app',
  'announce',
  'serve',
  'serve-workers',
  'main',
];

/**
 * The rule `no-restricted-imports` for each folder of the API: no import of what stands above it.
 * @param {readonly string[]} tests files that may import what they like
 * @throws Error for a folder that has no place in the order
 */
export function apiFolders(tests) {
  return readdirSync(API, { withFileTypes: true })
    .filter((each) => each.isDirectory() && each.name !== 'testing')
    .map(({ name: folder }) => {
      const place = API_ORDER.indexOf(folder);
      if (place === -1)
        throw new Error(`apps/api/src/${folder} has no place in API_ORDER of tools/boundaries.mjs`);
      const above = API_ORDER.slice(place + 1)
        .join('|')
        .replaceAll('.', '\\.');
      const message = `${folder}/ stands below: see API_ORDER in tools/boundaries.mjs.`;
      return {
        files: [`apps/api/src/${folder}/**/*.ts`],
        ignores: tests,
        rules: {
          'no-restricted-imports': [
            'error',
            { patterns: [{ regex: `^(\\.\\./)+(${above})(/|$)`, message }] },
          ],
        },
      };
    });
}
