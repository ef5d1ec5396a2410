import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../start-server';

const PAGE = path.join(ROOT, 'apps/web/src');

/**
 * Every placeholder in the source of the page, as `file, label: text`; what is no literal as its
 * code, in braces.
 */
export function placeholders(): string[] {
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.spec)\.tsx?$/.test(file),
  );
  return [...new Set(files.flatMap((file) => placeholdersOf(file)))].sort();
}

function placeholdersOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(PAGE, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) &&
      node.name.getText() === 'placeholder' &&
      node.initializer
    ) {
      const label = labelBeside(node);
      for (const text of textsOf(node.initializer))
        found.push(`${file}${label === '' ? '' : `, ${label}`}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What the element or field is called, where it says so itself. */
function labelBeside(node: ts.JsxAttribute | ts.PropertyAssignment): string {
  const beside: readonly ts.Node[] = node.parent.properties;
  for (const each of beside) {
    if (!ts.isJsxAttribute(each) && !ts.isPropertyAssignment(each)) continue;
    const { initializer } = each;
    if (
      ['label', 'aria-label'].includes(each.name.getText()) &&
      initializer &&
      ts.isStringLiteral(initializer)
    )
      return initializer.text;
  }
  return '';
}

/** The texts that an expression can be. */
function textsOf(node: ts.Expression | ts.JsxAttributeValue): string[] {
  if (ts.isStringLiteralLike(node)) return node.text === '' ? [] : [node.text];
  if (ts.isJsxExpression(node)) return node.expression ? textsOf(node.expression) : [];
  if (ts.isConditionalExpression(node))
    return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node)) return [node.getText().slice(1, -1)];
  return node.getText() === 'undefined' ? [] : [`{${node.getText()}}`];
}
