import { SchemaError } from '../http/schema';
import {
  DATASETS,
  poolFilterOf,
  POOL_FILTERS,
  type Dataset,
  type Filters,
} from './export-datasets';
import type { ExportFormat } from './export-file';
import type { ExportTable } from './export-table';
import { netboxTables } from './netbox/netbox-tables';

/**
 * The tables that a request means, with the filters that each knows.
 * @param standard the datasets without `datasets`
 * @throws SchemaError for a dataset that there is not, for a filter that none of them knows, or that
 *   does not fit
 */
export function chosenTables(
  datasets: string | undefined,
  standard: readonly string[],
  format: ExportFormat,
  filters: Filters,
): ExportTable[] {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (format === 'netbox') {
    if (datasets !== undefined)
      throw refusal('datasets', 'has no meaning with format=netbox, which has files of its own');
    checkKnown(given, [POOL_FILTERS], 'pools');
    const { filter, sort } = poolFilterOf(Object.fromEntries(given));
    return netboxTables(filter, sort);
  }
  const names = [...new Set((datasets?.split(',') ?? standard).flatMap(meant))];
  const chosen = names.map((name): [string, Dataset] => {
    const dataset = Object.hasOwn(DATASETS, name) ? DATASETS[name] : undefined;
    if (!dataset)
      throw refusal('datasets', `knows ${Object.keys(DATASETS).join(', ')}, not "${name}"`);
    return [name, dataset];
  });
  checkKnown(
    given,
    chosen.map(([, dataset]) => dataset.filters),
    names.join(', '),
  );
  const fitting = chosen.filter(([, dataset]) => datasets !== undefined || mayFit(dataset, given));
  return (fitting.length > 0 ? fitting : chosen).map(([name, dataset]) => {
    const known = given.filter(([filter]) => Object.hasOwn(dataset.filters, filter));
    const shape = format === 'jsonl' ? 'object' : 'row';
    return { name, first: dataset.open(Object.fromEntries(known), shape) };
  });
}

/** The datasets that a name means. */
function meant(name: string): readonly string[] {
  return name === 'all' ? Object.keys(DATASETS).filter((each) => each !== 'audit') : [name];
}

/** Whether a table that nobody asked for by name can have rows that fit: no address is `planned`, as pools may be. */
function mayFit({ filters }: Dataset, given: readonly (readonly [string, unknown])[]): boolean {
  return given.every(([name, value]) => {
    const words = filters[name]?.['enum'];
    return !Array.isArray(words) || words.includes(value);
  });
}

function checkKnown(
  given: readonly (readonly [string, unknown])[],
  known: readonly Dataset['filters'][],
  names: string,
): void {
  const unknown = given.find(([filter]) => !known.some((each) => Object.hasOwn(each, filter)));
  if (unknown) throw refusal(unknown[0], `is not a filter of ${names}`);
}

function refusal(field: string, detail: string): SchemaError {
  return new SchemaError([{ field, code: 'invalid_field', detail }]);
}
