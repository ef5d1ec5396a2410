import {
  eventsOf,
  eventType,
  write,
  type Changed,
  type Change,
  type Created,
  type Deleted,
  type DiffValue,
  type UnitOfWork,
  type WriteStores,
} from '@cloudpam/audit';

/** How the columns and words of a kind of file are read, kept under a name. */
export interface SavedMap {
  readonly name: string;
  /** As it goes along with files. */
  readonly map: { readonly [field: string]: DiffValue };
  readonly updatedAt: Date;
  readonly version: number;
}

/** Saved maps, by name. */
export interface SavedMapStore {
  /** In the order of their names, at most `limit`. */
  list(limit: number): Promise<SavedMap[]>;
  /** Locks the row until the end of the run. */
  lock(name: string): Promise<SavedMap | undefined>;
  /** Puts it in the place of what has the name. */
  put(map: SavedMap): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What the import asks of a storage beside the pool tree. */
export interface ImportStores {
  readonly savedMaps: SavedMapStore;
}

type MapFacts = { readonly map: SavedMap['map'] };

/** All that happens to saved maps. None of it has a place. */
export const IMPORT_EVENTS = {
  'import_map.create': eventType<Created<MapFacts>>(),
  'import_map.update': eventType<Changed<MapFacts>>(),
  'import_map.delete': eventType<Deleted<MapFacts>>(),
};

const importEvent = eventsOf(IMPORT_EVENTS);

/** There is no map of the name, or no room for one more. */
export class SavedMapError extends Error {
  constructor(
    readonly code: 'import_map_not_found' | 'too_many_import_maps',
    message: string,
  ) {
    super(message);
    this.name = 'SavedMapError';
  }
}

/** Maps that are kept. */
export const SAVED_MAPS_LIMIT = 200;

/** Keeps maps under names, and forgets them. */
export class KeepMaps {
  constructor(private readonly unitOfWork: UnitOfWork<WriteStores & ImportStores>) {}

  /** @throws SavedMapError `too_many_import_maps` */
  save(change: Change, name: string, map: SavedMap['map']): Promise<SavedMap> {
    return write(this.unitOfWork, change, async ({ savedMaps, audit }) => {
      const before = await savedMaps.lock(name);
      if (before && JSON.stringify(before.map) === JSON.stringify(map)) return before;
      if (!before && (await savedMaps.list(SAVED_MAPS_LIMIT)).length >= SAVED_MAPS_LIMIT)
        throw new SavedMapError(
          'too_many_import_maps',
          `${SAVED_MAPS_LIMIT} maps are kept already. Delete one that nobody uses.`,
        );
      const saved = {
        name,
        map,
        updatedAt: change.at,
        version: (before?.version ?? 0) + 1,
      };
      await savedMaps.put(saved);
      await audit.append([
        before
          ? importEvent(change, 'import_map.update', name, {
              before: { map: before.map },
              after: { map },
            })
          : importEvent(change, 'import_map.create', name, { before: null, after: { map } }),
      ]);
      return saved;
    });
  }

  /** @throws SavedMapError `import_map_not_found` */
  remove(change: Change, name: string): Promise<SavedMap> {
    return write(this.unitOfWork, change, async ({ savedMaps, audit }) => {
      const before = await savedMaps.lock(name);
      if (!before)
        throw new SavedMapError('import_map_not_found', `There is no map called ${name}.`);
      await savedMaps.remove(name);
      await audit.append([
        importEvent(change, 'import_map.delete', name, {
          before: { map: before.map },
          after: null,
        }),
      ]);
      return before;
    });
  }
}
