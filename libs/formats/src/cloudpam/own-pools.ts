import { formatCidr } from '@cloudpam/cidr';
import type { ImportedPool, KeptCloudFacts, VlanName } from '@cloudpam/import';
import { LIVE_KEY_LENGTH, type LiveKey } from '@cloudpam/pools';
import { readNetwork } from '../rows/network';
import { vidOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { wrong } from '../rows/row-problem';
import type { ReadItem } from '../tables/table-kind';
import { OwnCells } from './cells';
import { accountOfRow, namesOfId, tagsOfRow, vrfOfRow } from './own-names';

type Told = ImportedPool['set'];
type Writable = { -readonly [Field in keyof Told]: Told[Field] };

/** Pools of our own export: all of a pool but what follows from the others. */
export function pools(row: Row, reading: Reading): () => ReadItem {
  const cells = new OwnCells(row);
  const { interned } = reading;

  const read = (): ImportedPool => {
    const network = readNetwork(cells.required('cidr'), reading.fix);
    const set = toldOf(cells);
    const { name } = set;
    const history = cells.history();
    return {
      entity: 'pool',
      cidr: network.cidr,
      vrf: vrfOfRow(cells, reading),
      set,
      fresh: { name: name ?? formatCidr(network.cidr), kind: 'by_place' },
      ...accountOfRow(cells, reading),
      ...vlan(),
      tags: tagsOfRow(cells, reading),
      sourceId: null,
      ...(network.fixedFrom === undefined ? {} : { fixedFrom: network.fixedFrom }),
      ...(cells.has('source') ? { cloud: cloudOf(cells) } : {}),
      ...(history ? { history } : {}),
    };
  };

  const vlan = (): { vlan?: VlanName | null } => {
    if (cells.has('vlan_vid')) {
      const vid = cells.text('vlan_vid');
      const group = cells.text('vlan_group') ?? '';
      return { vlan: vid === null ? null : interned.vlan(vidOf(vid, 'vlan_vid'), null, group) };
    }
    if (!cells.has('vlan_id')) return {};
    const [group = '', vid] = namesOfId(cells, reading, 'vlan_id') ?? [];
    return { vlan: vid === undefined ? null : interned.vlan(Number(vid), null, group) };
  };

  return () => ({ label: row.get('cidr') ?? '', item: read() });
}

function toldOf(cells: OwnCells): Told {
  const set: Writable = {};
  if (cells.has('name')) set.name = cells.text('name') ?? '';
  const kind = cells.word('kind');
  if (kind) set.kind = kind;
  const status = cells.word('status');
  if (status) set.status = status;
  if (cells.has('region')) set.region = cells.text('region');
  if (cells.has('description')) set.description = cells.text('description') ?? '';
  if (cells.has('expires_at')) set.expiresAt = cells.time('expires_at');
  if (cells.has('rules')) set.rules = cells.rules();
  return set;
}

/** What holds for most pools that people make: one object for all of them. */
const NO_CLOUD: KeptCloudFacts = {
  source: 'manual',
  externalId: null,
  externalVpc: null,
  syncStatus: null,
  lastSyncAt: null,
  liveKey: null,
};

function cloudOf(cells: OwnCells): KeptCloudFacts {
  const facts: KeptCloudFacts = {
    source: cells.word('source') ?? 'manual',
    externalId: cells.text('external_id'),
    externalVpc: cells.text('external_vpc'),
    syncStatus: cells.word('sync_status'),
    lastSyncAt: cells.time('last_sync_at'),
    liveKey: liveKeyOf(cells),
  };
  const { source, ...others } = facts;
  const none = source === 'manual' && Object.values(others).every((fact) => fact === null);
  return none ? NO_CLOUD : facts;
}

/** null also where an older export tells the key, and not what was asked for with it. */
function liveKeyOf(cells: OwnCells): LiveKey | null {
  const key = cells.text('key');
  const wish = cells.text('key_request');
  if (key === null || wish === null) return null;
  if ([...key].length > LIVE_KEY_LENGTH)
    throw wrong('invalid_value', `key has at most ${LIVE_KEY_LENGTH} characters.`, 'key');
  cells.json('key_request');
  return { key, wish };
}
