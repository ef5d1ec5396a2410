import { FormatError } from '../format-error';
import { piecesAfter } from '../input/byte-source';
import { JSON_DIALECTS } from '../tables/dialects';
import { isObject, type JsonKind } from '../tables/json-kind';
import { JsonTable, parsed } from '../tables/json-table';
import { decoded, type TextEncoding } from '../text/encoding';
import { JsonLists, type JsonElement } from '../text/json-lists';
import type { Document, ReadTable, Session } from './document';
import { headText, type TextSource } from './open-document';
import { wholeEncoding } from './whole-encoding';

/**
 * Documents that are read earlier or later than usual, by what stands in their beginning: scopes and pools of AWS say
 * which VRF the rest is in; of equal CIDRs the resource counts, and the prefix before the aggregate.
 */
const ORDERS: readonly (readonly [sign: RegExp, order: number])[] = [
  [/"IpamScopes"|"IpamPools"|"IsDefault"|"IpamPoolArn"/, 0],
  [/"IpamPoolCidrs"|"IpamPoolCidrId"|"rir"\s*:/, 2],
  [/"IpamPoolAllocationId"|"IpamPoolAllocations"/, 3],
];

/** A list, and its elements before the first one that tells what it is. */
interface List {
  table?: JsonTable;
  readonly unread: JsonElement[];
}

/** @throws FormatError where it is JSON of no format that is known here */
export async function openJson(
  text: TextSource,
  session: Session,
  unpacked: (bytes: number) => void,
): Promise<Document> {
  const encoding = await wholeEncoding(text, session, unpacked);
  const head = headText(text, encoding);
  const order = ORDERS.find(([sign]) => sign.test(head))?.[1] ?? 1;
  return { order, read: () => read(text, encoding, session) };
}

async function read(
  text: TextSource,
  encoding: TextEncoding,
  session: Session,
): Promise<readonly ReadTable[]> {
  const { reading, rows } = session;
  const scan = new JsonLists();
  const file = { file: text.name, encoding };
  const lists = new Map<string | null, List>();
  for await (const piece of decoded(piecesAfter(text, text.mark.markLength), encoding)) {
    for (const element of scan.add(piece)) {
      const { key } = element;
      const turn = rows.add(text.name, element.number);
      if (turn) await turn;
      const list = lists.get(key) ?? { unread: [] };
      lists.set(key, list);
      const kind = list.table ? undefined : kindOf(key, parsed(element.text), session, text.name);
      if (kind) list.table = new JsonTable(kind, file, reading);
      if (!list.table) list.unread.push(element);
      else for (const each of [...list.unread.splice(0), element]) list.table.add(each);
    }
    await rows.pause();
  }
  const known = [...lists.values()].flatMap(({ table }) => table ?? []);
  const last = known.at(-1);
  if (!last) {
    const detail = 'It is JSON, and none of its lists is of a format that is known here.';
    throw new FormatError('unknown_format', detail, text.name);
  }
  if (!scan.whole) {
    const detail = 'The document ends before it is whole: what follows is missing.';
    last.tell((last.rows.at(-1)?.line ?? 0) + 1, { error: 'unreadable', detail, field: null });
  }
  return known;
}

function kindOf(
  key: string | null,
  first: unknown,
  { reading }: Session,
  file: string,
): JsonKind | undefined {
  if (!isObject(first)) return undefined;
  const { format } = reading.options;
  for (const [name, dialect] of Object.entries(JSON_DIALECTS)) {
    const kind =
      format === 'auto' || format === name ? dialect(key, first, reading, file) : undefined;
    if (kind) return kind;
  }
  return undefined;
}
