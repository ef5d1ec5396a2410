import { parser } from '@prometheus-io/lezer-promql';

/** Metrics that a server exports, each with the labels that its samples have. */
export type Exported = ReadonlyMap<string, ReadonlySet<string>>;
type Tree = ReturnType<typeof parser.parse>;
type Node = Tree['topNode'];

/** Labels that Prometheus gives to what it reads. */
const TARGET = ['job', 'instance', 'namespace'];
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$/;

/** The metrics in the text that a server gives, and `up`, which Prometheus makes by itself. */
export function exportedBy(...texts: readonly string[]): Exported {
  const exported = new Map<string, Set<string>>([['up', new Set()]]);
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const [, name, labels = ''] = SAMPLE.exec(line) ?? [];
    if (name === undefined) continue;
    const known = exported.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)) known.add(label);
    exported.set(name, known);
  }
  return exported;
}

/**
 * What is wrong with an expression: its grammar, metrics and labels that nobody exports.
 * @param shown labels that texts about its result name
 */
export function promqlMistakes(
  expression: string,
  exported: Exported,
  shown: readonly string[] = [],
): string[] {
  const tree = parser.parse(expression);
  const textOf = ({ from, to }: { from: number; to: number }): string => expression.slice(from, to);
  const mistakes: string[] = [];
  const check = (label: string, metrics: readonly string[]): void => {
    const isThere =
      TARGET.includes(label) || metrics.some((metric) => exported.get(metric)?.has(label));
    if (!isThere) mistakes.push(`${metrics.join(', ')} has no label ${label}`);
  };
  const metricsBelow = (node: Node): string[] =>
    nodesBelow(node, 'VectorSelector').map((each) => {
      const name = each.getChild('Identifier');
      return name ? textOf(name) : '';
    });
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) mistakes.push(`it is broken at character ${from + 1}`);
    },
  });
  const top = tree.topNode;
  for (const name of new Set(metricsBelow(top)))
    if (!exported.has(name)) mistakes.push(`there is no metric ${name}`);
  for (const selector of nodesBelow(top, 'VectorSelector'))
    for (const label of nodesBelow(selector, 'LabelName'))
      check(textOf(label), metricsBelow(selector));
  for (const grouping of nodesBelow(top, 'GroupingLabels')) {
    const around = grouping.parent?.parent ?? top;
    for (const label of nodesBelow(grouping, 'LabelName'))
      check(textOf(label), metricsBelow(around));
  }
  for (const label of shown) check(label, metricsBelow(top));
  return mistakes;
}

/** A node, if it has the name, and those below it that have. */
function nodesBelow(node: Node, name: string): Node[] {
  const found: Node[] = node.name === name ? [node] : [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    found.push(...nodesBelow(child, name));
  return found;
}
