// Writes docs/event-types.md out of the API document: what each type of event tells, with an example.
//   node tools/event-types.mjs            writes it
//   node tools/event-types.mjs --check    fails when it is not what the document says
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const WRITTEN = path.join(root, 'docs/event-types.md');
const document = JSON.parse(readFileSync(path.join(root, 'libs/api-client/openapi.json'), 'utf8'));
const { schemas } = document.components;

const sections = new Map();
for (const [type, { post }] of Object.entries(document.webhooks)) {
  if (type === 'event') continue;
  const [entity] = type.split('.');
  const { examples } = post.requestBody.content['application/cloudevents+json'];
  const { type: name, data } = schemas[post['x-event-schema']].allOf[1].properties;
  const { before, after } = data.allOf[1].properties;
  const section = sections.get(entity) ?? { types: [], facts: new Set() };
  sections.set(entity, section);
  for (const [, facts] of JSON.stringify([before, after]).matchAll(/schemas\/(\w+)/g))
    section.facts.add(facts);
  section.types.push({ type, name: name.const, before, after, example: examples[type].value });
}

const text = `# Types of events

What each [event](events.md) tells in \`data.before\` and \`data.after\`, made from the [OpenAPI
document](../libs/api-client/openapi.json), which has a schema of each (\`EventPoolCreate\`). A creation tells all
fields after, a deletion all of them before, a change those that differ. Fields may be added within a version, and an
event from before that is without them.
Secrets are never told. The examples are events that servers told in tests, one of each type.

${[...sections].map(([entity, section]) => sectionOf(entity, section)).join('\n\n')}
`;
if (!process.argv.includes('--check')) writeFileSync(WRITTEN, text);
else if (readFileSync(WRITTEN, 'utf8') !== text) {
  console.error('events: docs/event-types.md is not what the API says; run npm run openapi');
  process.exitCode = 1;
}

function sectionOf(entity, { types, facts }) {
  return [
    `## ${entity}`,
    ...[...facts].map((name) => factsTable(name)),
    ['| type | before | after |', '|---|---|---|', ...types.map(rowOf)].join('\n'),
    ...types.map(({ type, example }) => exampleOf(type, example)),
  ].join('\n\n');
}

function factsTable(name) {
  const rows = Object.entries(schemas[name].properties).map(
    ([field, schema]) => `| \`${field}\` | ${wordOf(schema)} | ${cell(schema.description ?? '')} |`,
  );
  return [`| \`${name}\` | | |`, '|---|---|---|', ...rows].join('\n');
}

function rowOf({ name, before, after }) {
  return `| \`${name}\` | ${wordOf(before)} | ${wordOf(after)} |`;
}

/** What a schema takes, in words. */
function wordOf({ $ref, required, type, enum: words, anyOf, items, properties, const: only }) {
  if ($ref) return `${required ? 'all' : 'some'} of \`${$ref.split('/').at(-1)}\``;
  if (anyOf) return anyOf.map(wordOf).join(', or ');
  if (only !== undefined) return `\`${only}\``;
  if (words) return words.map((word) => `\`${word}\``).join(', ');
  if (properties)
    return Object.entries(properties)
      .map(([field, schema]) => `\`${field}\`: ${wordOf(schema)}`)
      .join('; ');
  if (items) return `list of ${wordOf(items)}`;
  const kinds = [type ?? 'any JSON'].flat();
  return kinds.length === 1 && kinds[0] === 'null' ? 'null' : kinds.join(' or ');
}

function exampleOf(type, { subject, data: { place, former_place, before, after } }) {
  const lines = Object.entries({ place, former_place, before, after }).map(
    ([key, value]) => `  "${key}": ${JSON.stringify(value)}`,
  );
  return `\`${type}\` of \`${subject}\`:\n\n\`\`\`json\n{\n${lines.join(',\n')}\n}\n\`\`\``;
}

function cell(words) {
  return words.replaceAll('|', '\\|');
}
