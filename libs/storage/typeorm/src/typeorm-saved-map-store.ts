import type { SavedMap, SavedMapStore } from '@cloudpam/import';
import type { Session } from './session';
import { raw, sql } from './sql';
import { timeOf } from './values';

interface SavedMapRow {
  name: string;
  map: string;
  updated_at: Date | number;
  version: number;
}

/** Saved maps in table `import_map`. */
export class TypeOrmSavedMapStore implements SavedMapStore {
  constructor(private readonly session: Session) {}

  async list(limit: number): Promise<SavedMap[]> {
    const rows = await this.session.rows<SavedMapRow>(
      sql`select name, map, updated_at, version from import_map
        order by name ${this.session.dialect.byBytes} limit ${limit}`,
    );
    return rows.map(savedMapOf);
  }

  async lock(name: string): Promise<SavedMap | undefined> {
    const [row] = await this.session.rows<SavedMapRow>(
      sql`select m.name, m.map, m.updated_at, m.version from import_map m
        where m.name = ${name} ${this.session.dialect.lock('m')}`,
    );
    return row && savedMapOf(row);
  }

  async put({ name, map, updatedAt, version }: SavedMap): Promise<void> {
    await this.session.change(
      sql`insert into import_map (name, map, updated_at, version)
        values (${name}, ${JSON.stringify(map)}, ${updatedAt}, ${version})
        on conflict (name) do update set ${raw(
          ['map', 'updated_at', 'version'].map((each) => `${each} = excluded.${each}`).join(', '),
        )}`,
    );
  }

  async remove(name: string): Promise<void> {
    await this.session.change(sql`delete from import_map where name = ${name}`);
  }
}

function savedMapOf({ name, map, updated_at: at, version }: SavedMapRow): SavedMap {
  return { name, map: JSON.parse(map) as SavedMap['map'], updatedAt: timeOf(at), version };
}
