import type { AccessScope, Reader, Since } from '@cloudpam/audit';
import type { Storage, Stores } from '../storage/storage';
import { VISIBLE } from './registry';

type Visible = typeof VISIBLE;
type VisibleName = {
  [Name in keyof Visible]: Visible[Name] extends undefined ? never : Name;
}[keyof Visible];

/** What routes read from: all of it, or for someone with limits only what lies in their access scope. */
export type VisibleStores = {
  readonly [Name in VisibleName]: ReturnType<Visible[Name]>;
};

/** Reads in units of work, each over what its caller sees: what queries of the domain take. */
export type VisibleStorage = Reader<VisibleStores>;

/**
 * The storage as a caller sees it.
 * @param accessScope undefined without limits
 * @param since what a replica must have to answer; without it none does
 */
export function visibleStorage(
  { unitOfWork }: Pick<Storage, 'unitOfWork'>,
  accessScope: AccessScope | undefined,
  since?: Since,
): VisibleStorage {
  return {
    read: (work, options) =>
      unitOfWork.read((stores) => work(visibleTo(accessScope, stores)), { ...options, since }),
  };
}

/** The stores of a unit of work as a caller sees them. @param accessScope undefined without limits */
export function visibleTo(accessScope: AccessScope | undefined, stores: Stores): VisibleStores {
  if (!accessScope) return stores;
  const visible = Object.entries(VISIBLE).flatMap(([name, make]) =>
    make ? [[name, make(stores, accessScope)] as const] : [],
  );
  return Object.fromEntries(visible) as unknown as VisibleStores; // of every name that is not hidden
}
