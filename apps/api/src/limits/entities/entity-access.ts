import { isInScope, isLocated, type AccessScope, type NewAuditEntry } from '@cloudpam/audit';
import type { Stores } from '../../storage/storage';
import type { VisibleStores } from '../visible-stores';

/** What a write may name: an id of the path or body. */
export interface Nameable {
  /** Those of the ids that are visible. */
  visibleIds(visible: VisibleStores, ids: readonly number[]): Promise<ReadonlySet<number>>;
  /** The error for one that is not, which is the one for an id that does not exist. */
  notFound(id: number, field: string | undefined): Error;
}

/** How one part of an answer is told to callers with limits. */
export interface Redaction<Entity> {
  /** Whether an object in the result of a use case is such an entity. */
  is(value: object): value is Entity & object;
  /** The entities without what they tell of others beyond the access scope; in the same order. */
  redacted(
    accessScope: AccessScope,
    stores: Pick<Stores, 'pools' | 'ranges' | 'discovery'>,
    entities: readonly Entity[],
  ): Promise<readonly Entity[]>;
}

/** How one type of entity is kept to the access scope of whoever asks. */
export interface EntityAccess {
  /** Absent where no write of a caller with limits names such an entity. */
  readonly named?: Nameable;
  /** Whether a caller with limits may cause the event: it tells all that their write has changed. */
  mayCause(accessScope: AccessScope, stores: Stores, event: NewAuditEntry): Promise<boolean>;
  /** Absent where such an entity tells of nothing but itself, or stands in no answer of a write. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each entity has a type of its own
  readonly answers?: Redaction<any>;
}

/** Of what has a place in the tree: it lies in the access scope, before and after. */
export async function staysInScope(
  accessScope: AccessScope,
  _stores: Stores,
  { place, formerPlace }: NewAuditEntry,
): Promise<boolean> {
  const places = [place, formerPlace].filter((each) => each !== null);
  return (
    places.length > 0 && places.every((each) => isLocated(each) && isInScope(accessScope, each))
  );
}

/** Of what belongs to the estate as a whole: nobody with limits changes it. */
export async function never(): Promise<boolean> {
  return false;
}
