import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT } from '../start-server';
import { promqlMistakes, type Exported } from './promql';

/** An alert of a file of rules. */
export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}
/** Groups of rules, as a file of Prometheus has them. */
export interface Rules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** Reads a file of rules. */
export function readRules(file: string): Rules {
  return parse(readFileSync(file, 'utf8')) as Rules; // Prometheus itself looks at its form
}

/** What is wrong with rules, beside their form: what they ask for, and where they send people. */
export function ruleMistakes(file: string, exported: Exported): string[] {
  return readRules(file)
    .groups.flatMap(({ rules }) => rules)
    .flatMap(({ alert, expr, annotations }) => {
      const { runbook_url: runbook = '', ...texts } = annotations;
      const shown = labelsIn(Object.values(texts).join(' '), /\{\{ *\$labels\.(\w+)/g);
      const found = promqlMistakes(expr, exported, shown);
      if (!hasSection(runbook)) found.push(`there is no ${runbook}`);
      return found.map((each) => `${alert}: ${each}`);
    });
}

/** What is wrong with a dashboard. */
export function dashboardMistakes(file: string, exported: Exported): string[] {
  const { panels } = readDashboard(file);
  const mistakes = panels
    .filter(({ id }, at) => panels.findIndex((each) => each.id === id) < at)
    .map(({ id }) => `two panels have the number ${id}`);
  for (const { title, type, targets = [] } of panels) {
    if (type !== 'row' && targets.length === 0) mistakes.push(`${title}: it asks for nothing`);
    for (const { expr, legendFormat } of targets) {
      const shown = labelsIn(legendFormat, /\{\{ *(\w+)/g);
      const found = promqlMistakes(expressionOf(expr), exported, shown);
      mistakes.push(...found.map((each) => `${title}: ${each}`));
    }
  }
  return mistakes;
}

/** What Prometheus says when it loads rules, or the expressions of a dashboard, which a rule can hold. */
export function refusedByPrometheus(home: string, file: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-rules-'));
  try {
    const rules = path.join(folder, 'rules.yaml');
    writeFileSync(
      rules,
      file.endsWith('.json') ? asRules(readDashboard(file).panels) : readFileSync(file),
    );
    const program = path.join(home, 'prometheus-check');
    const { status, stdout, error } = spawnSync(program, [rules], { encoding: 'utf8' });
    if (error) throw error;
    return status === 0 ? [] : stdout.trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asRules(panels: readonly Panel[]): string {
  const rules = panels
    .flatMap(({ targets = [] }) => targets)
    .map(({ expr }, at) => ({ record: `panel:${at}`, expr: expressionOf(expr) }));
  return stringify({ groups: [{ name: 'dashboard', rules }] });
}

function readDashboard(file: string): { panels: readonly Panel[] } {
  return JSON.parse(readFileSync(file, 'utf8')) as { panels: readonly Panel[] };
}

/** As Grafana asks it. */
function expressionOf(text: string): string {
  return text.replaceAll('$__rate_interval', '1m');
}

function labelsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, label = '']) => label);
}

/** Whether a link leads to a section of a page of the docs. */
function hasSection(url: string): boolean {
  const [, page, anchor] = /\/blob\/main\/(docs\/[\w/-]+\.md)#(.+)$/.exec(url) ?? [];
  if (page === undefined) return false;
  const headings = readFileSync(path.join(ROOT, page), 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].some(([, text = '']) => anchorOf(text) === anchor);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
