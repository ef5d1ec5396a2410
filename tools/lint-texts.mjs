// Lints texts that are in no file: reads [{ filePath, text }] as JSON from stdin, writes [[{
// ruleId, message }]].
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import { makeProjectGraph } from './project-graph.mjs';

const root = join(import.meta.dirname, '..');
await makeProjectGraph();
const eslint = new ESLint({ cwd: root });
const answers = [];
for (const { filePath, text } of JSON.parse(await textOf(process.stdin))) {
  const [result] = await eslint.lintText(text, { filePath: join(root, filePath) });
  answers.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
