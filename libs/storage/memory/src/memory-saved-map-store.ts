import type { SavedMap, SavedMapStore } from '@cloudpam/import';
import { byText } from './page-of';
import type { Tables } from './stores';

/** Saved maps over a Map. */
export class MemorySavedMapStore implements SavedMapStore {
  constructor(private readonly tables: Tables) {}

  async list(limit: number): Promise<SavedMap[]> {
    return [...this.tables.savedMaps.all()].sort((a, b) => byText(a.name, b.name)).slice(0, limit);
  }

  async lock(name: string): Promise<SavedMap | undefined> {
    return this.tables.savedMaps.get(name);
  }

  async put(map: SavedMap): Promise<void> {
    this.tables.savedMaps.set(map.name, map);
  }

  async remove(name: string): Promise<void> {
    this.tables.savedMaps.delete(name);
  }
}
