import type { ImportedAddress, ImportedRange } from '@cloudpam/import';
import {
  ADDRESS_ROLES,
  ADDRESS_STATUSES,
  dnsNameOf,
  formatHost,
  formatSpan,
  macOf,
  RANGE_PURPOSES,
} from '@cloudpam/pools';
import { readHost, readSpan } from '../rows/host';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { skipped } from '../rows/row-problem';
import type { ReadItem } from '../tables/table-kind';
import { OwnCells } from './cells';
import { accountOfRow, tagsOfRow, vrfOfRow } from './own-names';

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

/** Address records of our own export: all of one but what follows from its place. */
export function addresses(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const cidr = readHost(cells.required('address'));
    const set: Writable<ImportedAddress['set']> = { ...describedBy(cells) };
    const status = cells.oneOf('status', ADDRESS_STATUSES);
    if (status) set.status = status;
    const role = cells.oneOf('role', ADDRESS_ROLES);
    if (role) set.role = role;
    if (cells.has('dns_name')) set.dnsName = dnsNameOf(cells.text('dns_name') ?? '');
    if (cells.has('mac')) set.mac = macOf(cells.text('mac') ?? '');
    if (cells.has('expires_at')) set.expiresAt = cells.time('expires_at');
    return {
      label: formatHost(cidr),
      item: {
        entity: 'address',
        cidr,
        set,
        ...leafOf(cells, reading),
        ...(cells.text('range_id') === null ? {} : { isOfRange: true }),
      },
    };
  };
}

/** Ranges of our own export. */
export function ranges(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  return () => {
    const span = readSpan(cells.required('start_address'), cells.required('end_address'));
    const purpose = cells.oneOf('purpose', RANGE_PURPOSES);
    if (purpose === 'quarantine')
      throw skipped(
        'not_kept',
        'What is in quarantine is kept from others by the server on which it was deleted.',
      );
    const counts = cells.oneOf('counts_as_used', ['true', 'false']);
    const set: ImportedRange['set'] = {
      ...describedBy(cells),
      ...(purpose ? { purpose } : {}),
      ...(counts ? { countsAsUsed: counts === 'true' } : {}),
    };
    return {
      label: formatSpan(span),
      item: { entity: 'range', span, set, ...leafOf(cells, reading) },
    };
  };
}

function describedBy(cells: OwnCells): { name?: string; description?: string } {
  return {
    ...(cells.has('name') ? { name: cells.text('name') ?? '' } : {}),
    ...(cells.has('description') ? { description: cells.text('description') ?? '' } : {}),
  };
}

function leafOf(
  cells: OwnCells,
  reading: Reading,
): Pick<ImportedRange, 'vrf' | 'fresh' | 'account' | 'tags' | 'sourceId' | 'history'> {
  const history = cells.history();
  return {
    vrf: vrfOfRow(cells, reading),
    fresh: { name: '' },
    ...accountOfRow(cells, reading),
    tags: tagsOfRow(cells, reading),
    sourceId: null,
    ...(history ? { history } : {}),
  };
}
