// Writes the OpenAPI document of the built API, and what the client has from it: types and words.
//   node tools/openapi.mjs            writes libs/api-client/openapi.json and
// libs/api-client/src/generated
//   node tools/openapi.mjs --check    fails when they are not what the code says, or the document
// is not valid or against the recommended rules of Redocly
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
require('reflect-metadata');
const { readConfig } = require(path.join(root, 'apps/api/dist/config/config.js'));
const { createApp } = require(path.join(root, 'apps/api/dist/create-app.js'));
const { openApiDocument } = require(path.join(root, 'apps/api/dist/openapi-document.js'));
const { openStorageAt } = require(path.join(root, 'apps/api/dist/storage/storage.js'));

/** Who calls may leave out what has a default. */
const TYPING = { defaultNonNullable: false };

const config = readConfig({ DATABASE_URL: 'memory:', LOG_LEVEL: 'silent' });
const storage = await openStorageAt(config.databaseUrl);
const app = await createApp(config, storage);
const document = openApiDocument(app);
await app.close();
await storage.close();

/** Schemas that webhooks name: no request has them. */
const events = new Set(Object.values(document.webhooks).map(({ post }) => post['x-event-schema']));
const json = `${JSON.stringify(document, null, 2)}\n`;
const types =
  '// Made from openapi.json by tools/openapi.mjs; do not edit.\n' +
  astToString(await openapiTypescript(JSON.stringify(forClient(document)), TYPING));
const files = [
  ['libs/api-client/openapi.json', json],
  ['libs/api-client/src/generated/paths.ts', types],
  ['libs/api-client/src/generated/words.ts', wordsOf(document.components.schemas)],
];

const found = await lintFromString({
  source: json,
  // A login answers with a redirect: that is its success.
  config: await createConfig({
    extends: ['recommended'],
    rules: { 'operation-2xx-response': 'off' },
  }),
});
const problems = found.filter(
  ({ ruleId, location: [at] }) =>
    ruleId !== 'no-unused-components' || !events.has(at?.pointer?.split('/').at(-1)),
);
for (const problem of problems)
  console.error(
    `openapi: ${problem.severity}: ${problem.message} (${problem.location[0]?.pointer ?? ''})`,
  );
let failed = problems.some((problem) => problem.severity === 'error');

if (process.argv.includes('--check')) {
  for (const [file, text] of files) {
    let stored = '';
    try {
      stored = readFileSync(path.join(root, file), 'utf8');
    } catch {
      /* not there: it differs */
    }
    if (stored === text) continue;
    console.error(`openapi: ${file} is not what the code says; run npm run openapi and commit it`);
    failed = true;
  }
} else {
  for (const [file, text] of files) writeFileSync(path.join(root, file), text);
}
/** The words of each schema that is one of several, for lists and choices. */
function wordsOf(schemas) {
  const lists = Object.entries(schemas)
    .filter(([, { type, enum: words }]) => type === 'string' && words)
    .map(([name, { description = name, enum: words }]) => {
      const list = JSON.stringify(words, null, 2).replaceAll('"', "'").replace("'\n]", "',\n]");
      const constant = `${name[0].toLowerCase()}${name.slice(1)}Words`;
      return `/** ${description}. */\nexport const ${constant} = ${list} as const;\n`;
    });
  return `// Made from openapi.json by tools/openapi.mjs; do not edit.\n${lists.join('')}`;
}

console.log(
  failed ? 'openapi: failed' : `openapi: ${Object.keys(document.paths).length} paths, valid`,
);
process.exit(failed ? 1 : 0);

/** Nobody receives by the client: of webhooks it has the shape of any event. */
function forClient({ webhooks, components, ...rest }) {
  const schemas = Object.entries(components.schemas).filter(([name]) => !events.has(name));
  return {
    ...rest,
    webhooks: { event: webhooks.event },
    components: { ...components, schemas: Object.fromEntries(schemas) },
  };
}
