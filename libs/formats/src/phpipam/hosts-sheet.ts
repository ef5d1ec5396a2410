import type { SkippedRow } from '@cloudpam/import';
import { readNetwork } from '../rows/network';
import { poolOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { columnsOf, type ReadItem, type TableKind } from '../tables/table-kind';
import type { CsvLine } from '../text/csv-lines';
import { foldWord } from '../text/fold-word';
import { partsOf } from '../text/parts-of';
import { HOST_FIELDS, hosts } from './hosts';
import { HEADERS } from './words';

/** Above the addresses of a subnet: `10.0.0.0/24 - office (vlan: 10 - users)`. */
const TITLE = /^(\S+\/\d{1,3}) - (.*?)(?: \(vlan: (\d{1,4})(?: - (.*))?\))?$/s;

/** Characters of such a title. */
const LONGEST_TITLE = 4_000;

const NO_DATA: SkippedRow = {
  skip: 'no_data',
  detail: 'It is a header, or says that nothing follows.',
};

/** The sheet of a section as phpIPAM exports all of it: its subnets, each above its addresses. */
export function hostsSheet(lines: readonly CsvLine[]): TableKind | undefined {
  const [title, header] = lines.map(({ cells }) => cells[0]?.trim() ?? '');
  if (!titleOf(title ?? '') || HEADERS.get(foldWord(header ?? '')) !== 'address') return undefined;
  // The header is the same above the addresses of each subnet.
  const { columns, unknown } = columnsOf(
    lines[1]?.cells ?? [],
    (cell) => HOST_FIELDS[HEADERS.get(foldWord(cell)) ?? ''],
  );
  return {
    format: 'phpipam',
    because: 'Its subnets stand above their addresses, as phpIPAM exports all of a section.',
    entity: 'pool',
    columns: new Map([...columns, ['cidr', 0]]),
    fields: ['cidr', ...columns.keys()],
    unknown: unknown.filter((at) => at > 0),
    loose: true,
    reader,
  };
}

function titleOf(text: string): RegExpExecArray | null {
  return partsOf(TITLE, text, LONGEST_TITLE);
}

function reader(row: Row, reading: Reading): () => ReadItem {
  const readAddress = hosts(row, reading);
  return () => {
    const text = row.get('cidr') ?? '';
    const [, subnet, description, vid, vlan] = titleOf(text) ?? [];
    if (subnet === undefined)
      return /^[\da-f]*[.:][\da-f.:]*$/i.test(text)
        ? readAddress()
        : { label: text, item: NO_DATA };
    return {
      label: subnet,
      item: poolOf(
        {
          network: readNetwork(subnet, reading.fix),
          vrf: null,
          description,
          vlan: vid === undefined ? null : reading.interned.vlan(Number(vid), vlan || null, null),
          tags: [],
        },
        reading,
      ),
    };
  };
}
