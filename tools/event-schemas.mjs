// Writes what each type of event tells, out of the types that the domains declare it with: schemas for the API
// document.
//   node tools/event-schemas.mjs            writes apps/api/src/http/document/generated/event-schemas.ts
//   node tools/event-schemas.mjs --check    fails when it is not what the types say
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = path.join(root, 'apps/api/src/limits/event-types.ts');
const WRITTEN = path.join(root, 'apps/api/src/http/document/generated/event-schemas.ts');

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram([ENTRY], { ...options, composite: false, noEmit: true });
const checker = program.getTypeChecker();
const entry = program.getSourceFile(ENTRY);

/** Facts that have a name, by this. */
const facts = {};
const events = {};
for (const table of tablesOf(entry))
  for (const event of checker.getPropertiesOfType(checker.getTypeAtLocation(table))) {
    const tells = propertyOf(checker.getTypeOfSymbol(event), 'tells');
    const state = propertyOf(checker.getNonNullableType(tells), 'state');
    events[event.name] = {
      before: schemaOf(propertyOf(state, 'before')),
      after: schemaOf(propertyOf(state, 'after')),
    };
  }

const text = `// Made by tools/event-schemas.mjs; do not edit.
import type { Schema } from '../../schema';

/** The facts that events tell of entities, by their names in the domains; the event says which of them it has. */
export const FACT_SCHEMAS: Readonly<Record<string, Schema>> = ${JSON.stringify(facts, null, 2)};

/** What events of each type tell, before and after. */
export const EVENT_SCHEMAS: Readonly<
  Record<string, { readonly before: Schema; readonly after: Schema }>
> = ${JSON.stringify(events, null, 2)};
`;
if (!process.argv.includes('--check')) writeFileSync(WRITTEN, text);
else if (readFileSync(WRITTEN, 'utf8') !== text) {
  console.error(
    'events: the schemas are not what the types say; run npm run openapi and commit it',
  );
  process.exitCode = 1;
}

/** The tables of event types that the array EVENT_TABLES names. */
function tablesOf(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'EVENT_TABLES')
      found.push(...node.initializer.elements);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function propertyOf(type, name) {
  const property = checker.getPropertyOfType(type, name);
  if (!property) throw new Error(`${checker.typeToString(type)} has no ${name}`);
  return checker.getTypeOfSymbol(property);
}

function schemaOf(type) {
  if (type.aliasSymbol?.name === 'DiffValue') return {};
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (type.isUnion()) return unionOf(type);
  if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
  if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (type.flags & ts.TypeFlags.NumberLike) return { type: 'integer' };
  if (checker.isArrayType(type))
    return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0]) };
  return objectOf(type);
}

function unionOf(type) {
  const parts = type.types.filter((each) => !(each.flags & ts.TypeFlags.Undefined));
  const isNull = (each) => Boolean(each.flags & ts.TypeFlags.Null);
  const rest = parts.filter((each) => !isNull(each));
  const orNull = rest.length < parts.length;
  if (rest.every((each) => each.isStringLiteral())) {
    const words = rest.map(({ value }) => value).sort();
    return orNull
      ? { type: ['string', 'null'], enum: [...words, null] }
      : { type: 'string', enum: words };
  }
  const several = new Map(rest.map((each) => [JSON.stringify(schemaOf(each)), schemaOf(each)]));
  const [only] = several.values();
  if (several.size > 1)
    return { anyOf: [...several.values(), ...(orNull ? [{ type: 'null' }] : [])] };
  if (!orNull) return only;
  return typeof only.type === 'string' && !only.$ref
    ? { ...only, type: [only.type, 'null'] }
    : { anyOf: [only, { type: 'null' }] };
}

function objectOf(type) {
  // Of a change: any of the fields.
  if (type.aliasSymbol?.name === 'Partial' && nameOf(type.aliasTypeArguments[0]))
    return { $ref: named(type.aliasTypeArguments[0]) };
  const shape = shapeOf(type);
  if (!nameOf(type)) return shape;
  return { $ref: named(type), ...(shape.required ? { required: shape.required } : {}) };
}

function nameOf(type) {
  const name = type.aliasSymbol?.name;
  return name?.endsWith('Facts') && name !== 'Facts' && !type.aliasTypeArguments ? name : undefined;
}

/** Keeps the fields under the name of the type. */
function named(type) {
  const name = nameOf(type);
  // Which are there, each use says.
  const fields = { ...shapeOf(type), required: undefined };
  const description = textOf(type.aliasSymbol);
  facts[name] ??= { ...(description ? { description } : {}), ...fields };
  return `#/components/schemas/${name}`;
}

function shapeOf(type) {
  const properties = checker.getPropertiesOfType(type);
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const required = properties
    .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
    .map(({ name }) => name);
  return {
    type: 'object',
    ...(properties.length > 0
      ? { properties: Object.fromEntries(properties.map((each) => [each.name, fieldOf(each)])) }
      : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(index ? { additionalProperties: schemaOf(index) } : {}),
  };
}

function fieldOf(symbol) {
  const description = textOf(symbol);
  const schema = schemaOf(checker.getTypeOfSymbol(symbol));
  return description ? { ...schema, description } : schema;
}

/** What the code says of it, in a line. */
function textOf(symbol) {
  return ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
