import {
  recordNotFound,
  RECORDS,
  type RecordBase,
  type RecordEntity,
  type RecordKind,
} from '@cloudpam/pools';
import { never, type EntityAccess } from './entity-access';

type NamedKind = Pick<RecordKind<RecordBase>, 'visible' | 'entity' | 'title'>;

/** Callers with limits see the records that their access scope names, and change none. */
export const RECORD_ACCESS = Object.fromEntries(
  Object.values(RECORDS).map((kind) => [kind.entity, recordAccess(kind)]),
) as { readonly [Entity in RecordEntity]: EntityAccess }; // the entities of all kinds

function recordAccess(kind: NamedKind): EntityAccess {
  return {
    named: {
      visibleIds: async (visible, ids) => {
        const { items } = await kind.visible(visible).list({ ids }, 1, Math.max(ids.length, 1));
        return new Set(items.map(({ id }) => id));
      },
      notFound: (id, field) => recordNotFound(kind, id, field),
    },
    mayCause: never,
  };
}
