import type { ImportedAddress } from '@cloudpam/import';
import { readHost } from '../rows/host';
import { addressOf } from '../rows/leaf-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import type { ReadItem } from '../tables/table-kind';
import { foldWord } from '../text/fold-word';
import { YES_WORDS } from './words';

/** By the header of a column of addresses its field; null: it says nothing that is kept here. */
export const HOST_FIELDS: Readonly<Record<string, string | null>> = {
  address: 'address',
  hostname: 'hostname',
  description: 'description',
  vrf: 'vrf',
  subnet: null,
  mac: 'mac',
  owner: 'owner',
  device: 'device',
  port: 'port',
  note: 'note',
  state: 'state',
  gateway: 'gateway',
  customer: 'tenant',
  section: 'section',
};

type Told = Pick<ImportedAddress['set'], 'status' | 'role'>;

/** What the tags that every phpIPAM has say of an address. */
const STATES: Readonly<Record<string, Told>> = {
  used: { status: 'active' },
  active: { status: 'active' },
  reserved: { status: 'reserved' },
  dhcp: { status: 'active', role: 'dhcp' },
};

/** Addresses of phpIPAM; a tag of its own that is not known here becomes the tag `state`. */
export function hosts(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const address = row.get('address') ?? '';
    const state = row.text('state');
    const word = state?.toLowerCase() ?? '';
    const known = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
    const isGateway = YES_WORDS.has(foldWord(row.text('gateway') ?? ''));
    const [note, description] = [row.text('note'), row.text('description')];
    const [vrf, hostname] = [row.text('vrf'), row.text('hostname')];
    const parts = {
      cidr: readHost(address),
      vrf: vrf === null ? null : reading.interned.vrf(vrf, null),
      ...(hostname?.includes('.') ? { dnsName: hostname } : {}),
      name: hostname,
      description: [description, note].filter((text) => text !== null).join('\n'),
      mac: row.text('mac'),
      ...known,
      ...(isGateway ? { role: 'gateway' as const } : {}),
      tags: [
        ...TAGS.map((field) => [field, row.text(field)] as const),
        ['state', known ? null : state] as const,
        ...row.tags(),
      ],
    };
    return { label: address, item: addressOf(parts, reading) };
  };
}

/** Columns that become tags by their own names. */
const TAGS = ['owner', 'device', 'port', 'section', 'tenant'] as const;
