import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** The index files of all libraries: what they export is for others. */
const INDEXES = readdirSync(path.join(ROOT, 'libs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)src\/(testing\/)?index\.ts$/.test(file))
  .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
  .map((file) => path.join(ROOT, 'libs', file));

it('every export of a library says what it is', () => {
  const program = ts.createProgram(INDEXES, {
    customConditions: ['@cloudpam/source'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const silent = new Set<string>();
  let exports = 0;
  for (const index of INDEXES) {
    const file = program.getSourceFile(index);
    const symbol = file && checker.getSymbolAtLocation(file);
    for (const each of symbol ? checker.getExportsOfModule(symbol) : []) {
      const one = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      const source = one.declarations?.[0]?.getSourceFile().fileName ?? '';
      if (source.includes('/generated/')) continue;
      exports += 1;
      if (one.getDocumentationComment(checker).length === 0)
        silent.add(`${path.relative(ROOT, source)} ${each.name}`);
    }
  }
  expect(exports).toBeGreaterThan(400);
  expect([...silent]).toEqual([]);
});
