// `node schema.mjs JSII OUT`: the schema of a Terraform provider, out of the type data of its
// prebuilt package for CDK for Terraform. Sets come as lists there, and a block that may stand once
// is not told from a nested object that is one; all else is the provider's own.
import { readFileSync, writeFileSync } from 'node:fs';

const [jsii, out] = process.argv.slice(2);
const { types } = JSON.parse(readFileSync(jsii, 'utf8'));
const PRIMITIVES = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic' };
const COLLECTIONS = {
  'cdktf.StringMap': ['map', 'string'],
  'cdktf.NumberMap': ['map', 'number'],
  'cdktf.BooleanMap': ['map', 'bool'],
  'cdktf.AnyMap': ['map', 'dynamic'],
  'cdktf.NumberList': ['list', 'number'],
  'cdktf.IResolvable': 'bool',
};
const schema = { provider: {}, resources: {}, dataSources: {} };
const places = {
  'cdktf.TerraformResource': schema.resources,
  'cdktf.TerraformDataSource': schema.dataSources,
};

for (const type of Object.values(types)) {
  const name = /\/([a-z-]+\/\w+|index\.html|docs) (\w+)}/.exec(type.docs?.summary ?? '')?.[2];
  if (type.base === 'cdktf.TerraformProvider') schema.provider = blockOf(configOf(type), undefined);
  else if (places[type.base] && name) places[type.base][name] = blockOf(configOf(type), type, true);
}
writeFileSync(out, JSON.stringify(schema));

/** What the constructor of a class takes. */
function configOf(type) {
  return types[type.initializer.parameters.find(({ name }) => name === 'config').type.fqn];
}

/** @param given what may be written. @param read the class with what may be read */
function blockOf(given, read, isTop = false) {
  const block = { attributes: {}, blocks: {} };
  const written = new Set();
  for (const { name, docs, type, optional = false } of given.properties ?? []) {
    const text = `${docs.summary} ${docs.remarks ?? ''}`;
    const own = /#(\w+) \w+#\w+}/.exec(text)?.[1] ?? snake(name);
    written.add(name);
    const nested = structOf(type);
    if (nested && docs.summary === `${own} block.`)
      block.blocks[own] = {
        block: blockOf(types[nested.fqn], types[`${nested.fqn}OutputReference`]),
        required: !optional,
        once: !nested.isMany,
      };
    else
      block.attributes[own] = {
        type: nested ? 'dynamic' : typeOf(type),
        required: !optional,
        // Many a text that may be left out is one that the cloud fills in.
        computed: isTop && optional && type.primitive === 'string',
      };
  }
  for (const { name, type, immutable, static: isStatic } of read?.properties ?? []) {
    if (!immutable || isStatic || written.has(name) || name.endsWith('Input')) continue;
    block.attributes[snake(name)] ??= { type: typeOf(type), required: false, computed: true };
  }
  return block;
}

/** The struct of a property that is one, or a list of them. */
function structOf({ fqn, union, collection }) {
  for (const each of union?.types ?? []) {
    const found = structOf(each);
    if (found) return found;
  }
  if (collection) {
    const found = structOf(collection.elementtype);
    return found && { ...found, isMany: true };
  }
  return types[fqn]?.datatype ? { fqn, isMany: false } : undefined;
}

/** As cty writes types in JSON. */
function typeOf({ primitive, union, collection, fqn }) {
  if (primitive) return PRIMITIVES[primitive];
  if (union) return typeOf(union.types.find((each) => each.fqn !== 'cdktf.IResolvable') ?? {});
  if (collection)
    return [collection.kind === 'array' ? 'list' : 'map', typeOf(collection.elementtype)];
  if (COLLECTIONS[fqn]) return COLLECTIONS[fqn];
  const item = types[`${fqn?.replace(/(List|Map|OutputReference)$/, '')}OutputReference`];
  if (!item) return 'dynamic';
  const attributes = Object.entries(blockOf({}, item).attributes);
  const object = ['object', Object.fromEntries(attributes.map(([key, { type }]) => [key, type]))];
  if (fqn.endsWith('Map')) return ['map', object];
  return ['list', object];
}

function snake(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
