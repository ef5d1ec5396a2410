// `node tools/terraform-readme.mjs [--check] [FOLDER]`: writes what the modules of Terraform in a
// folder take and give into their READMEs, between two marks; `--check` tells those that say something
// else. Reads the modules with what `npm run counterparts -- opentofu` fetches.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { withPart } from './readme-part.mjs';

const root = join(import.meta.dirname, '..');
const counterparts = resolve(process.env.COUNTERPARTS_DIR || join(root, '.counterparts'));
if (!existsSync(join(counterparts, 'opentofu/.complete'))) {
  process.stderr.write(
    'opentofu is not installed here; npm run counterparts -- opentofu fetches it\n',
  );
  process.exit(2);
}
const { parse } = createRequire(join(counterparts, 'opentofu/package.json'))('@cdktf/hcl2json');
const [BEGIN, END] = ['<!-- made by tools/terraform-readme.mjs -->', '<!-- until here -->'];

const typed = process.argv.slice(2);
const isCheck = typed.includes('--check');
const folder = typed.find((each) => each !== '--check') ?? join(root, 'deploy/terraform');
const readmes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((each) => basename(each) === 'README.md')
  .sort();
for (const readme of readmes) {
  const file = join(folder, readme);
  const before = readFileSync(file, 'utf8');
  const after = withPart(before, BEGIN, END, await tables(dirname(file)));
  if (after === undefined) tell(`${readme} has no place for what its module takes and gives`);
  else if (after === before) continue;
  else if (isCheck)
    tell(`${readme} is not what its module says; npm run terraform:readme writes it`);
  else writeFileSync(file, after);
}

function tell(text) {
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
}

async function tables(module) {
  const files = readdirSync(module).filter((each) => each.endsWith('.tf'));
  const parsed = await Promise.all(
    files.map((each) => parse(each, readFileSync(join(module, each), 'utf8'))),
  );
  const all = (kind) =>
    parsed
      .flatMap((each) => Object.entries(each[kind] ?? {}))
      .map(([name, [block]]) => ({ name, ...block }));
  const providers = parsed.flatMap((each) => each.terraform ?? []);
  return [
    table(
      ['needs', 'version'],
      providers.flatMap(({ required_version, required_providers = [] }) => [
        ['Terraform or OpenTofu', code(required_version)],
        ...Object.entries(required_providers[0] ?? {}).map(([name, { version }]) => [
          code(name),
          code(version),
        ]),
      ]),
    ),
    table(
      ['variable', 'type', 'default', 'meaning'],
      all('variable').map((each) => [
        code(each.name),
        code(expression(each.type)),
        'default' in each ? code(JSON.stringify(each.default)) : 'needed',
        each.description,
      ]),
    ),
    table(
      ['output', 'meaning'],
      all('output').map((each) => [code(each.name), each.description]),
    ),
  ].join('\n\n');
}

/** `${string}` without its braces, in one line. */
function expression(text = 'any') {
  return text
    .replace(/^\$\{([^]*)\}$/, '$1')
    .replace(/\{\s+/g, '{ ')
    .replace(/\s+\}/g, ' }')
    .replace(/\s*\n\s*/g, ', ')
    .replace(/ +/g, ' ');
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((each) => String(each).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text) {
  return `\`${text}\``;
}
