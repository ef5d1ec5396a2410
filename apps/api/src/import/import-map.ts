import type { ImportMap } from '@cloudpam/formats';
import { POOL_KINDS, POOL_STATUSES } from '@cloudpam/pools';
import { checkOf, object, type Schema } from '../http/schema';

const MOST = 1_000;
const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const byWord = (value: Schema): Schema => ({
  type: 'object',
  maxProperties: MOST,
  additionalProperties: value,
});

/** What a map may say: columns, words, tags and the VRF. */
const IMPORT_MAP: Schema = object(
  {
    columns: byWord({ type: ['string', 'null'], maxLength: 1_000 }),
    words: object(
      {
        status: byWord({
          type: ['object', 'null'],
          properties: { status: { enum: [...POOL_STATUSES] }, kind: { enum: [...POOL_KINDS] } },
          additionalProperties: false,
        }),
        role: byWord({ enum: [...POOL_KINDS] }),
        tenant: byWord(text(200)),
      },
      [],
    ),
    tags: {
      oneOf: [{ const: 'all' }, { type: 'array', maxItems: MOST, items: text(1_000) }],
    },
    vrf: text(200),
  },
  [],
);

/** The map of a request. @throws SchemaError */
export const readMap = checkOf<ImportMap>(IMPORT_MAP);
