// `node tools/chart-readme.mjs [--check] [FOLDER]`: writes the table of values into the README of the
// Helm chart, or of another, from the comments `# -- text` of values.yaml.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { withPart } from './readme-part.mjs';

const BEGIN = '<!-- values: made by tools/chart-readme.mjs -->';
const END = '<!-- end of values -->';

/** The table of the values of a chart. @throws Error for a value without a description */
function valuesTable(text) {
  const values = parse(text);
  const path = [];
  const rows = [];
  const silent = [];
  let description;
  for (const line of text.split('\n')) {
    const comment = /^\s*# -- (.+)$/.exec(line);
    const [, indent, key, value] = /^( *)([A-Za-z]+):(.*)$/.exec(line) ?? [];
    if (comment) description = comment[1];
    if (key === undefined) continue;
    path.splice(indent.length / 2, path.length, key);
    const name = path.join('.');
    if (description !== undefined) rows.push([name, valueAt(values, path), description]);
    else if (value !== '' && !rows.some(([above]) => name.startsWith(`${above}.`)))
      silent.push(name);
    description = undefined;
  }
  if (silent.length > 0) throw new Error(`without a description: ${silent.join(', ')}`);
  const lines = rows.map(([name, value, about]) => {
    return `| \`${name}\` | \`${JSON.stringify(value)}\` | ${about.replaceAll('|', '\\|')} |`;
  });
  return ['| value | default | meaning |', '|---|---|---|', ...lines].join('\n');
}

/** The README with the table of these values in place of what it has. */
function readmeWith(readme, values) {
  const made = withPart(readme, BEGIN, END, valuesTable(values));
  if (made === undefined) throw new Error(`no lines ${BEGIN} and ${END}`);
  return made;
}

function valueAt(values, path) {
  return path.reduce((value, key) => value[key], values);
}

const folders = process.argv.slice(2).filter((each) => each !== '--check');
const chart = folders[0] ?? join(import.meta.dirname, '../deploy/helm/cloudpam');
const file = join(chart, 'README.md');
try {
  const there = readFileSync(file, 'utf8');
  const wanted = readmeWith(there, readFileSync(join(chart, 'values.yaml'), 'utf8'));
  if (!process.argv.includes('--check')) writeFileSync(file, wanted);
  else if (wanted !== there)
    throw new Error(`${file} is not of values.yaml; npm run chart:readme writes it`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
