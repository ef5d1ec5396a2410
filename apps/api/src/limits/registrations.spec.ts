import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { EVENT_TYPES } from './event-types';
import { ENTITIES, VISIBLE } from './registry';

const DOMAINS = path.resolve(__dirname, '../../../../libs/domain');

describe('what callers with limits see and change', () => {
  it('is registered for every store of the storage', async () => {
    const storage = new MemoryStorage();
    const stores = await storage.unitOfWork.read(async (all) => Object.keys(all));
    await storage.close();
    expect(stores.filter((name) => !Object.hasOwn(VISIBLE, name))).toEqual([]);
    expect(Object.keys(VISIBLE).filter((name) => !stores.includes(name))).toEqual([]);
  });

  it('is registered for every entity that events are about', () => {
    const entities = new Set(EVENT_TYPES.map((type) => type.slice(0, type.indexOf('.'))));
    expect([...entities].filter((entity) => !Object.hasOwn(ENTITIES, entity))).toEqual([]);
    expect(Object.keys(ENTITIES).filter((entity) => !entities.has(entity))).toEqual([]);
  });
});

describe('the types of events', () => {
  it('are all that the domains declare: each table of them is in one of the lists', () => {
    const sources = readdirSync(DOMAINS, { recursive: true, encoding: 'utf8' })
      .filter((file) => /src[\\/].*\.ts$/.test(file) && !/\.spec\.ts$/.test(file))
      .map((file) => readFileSync(path.join(DOMAINS, file), 'utf8'));
    const declared = sources.flatMap((text) =>
      [...text.matchAll(/^export const (\w+_EVENTS)\b/gm)].map(([, name]) => name ?? ''),
    );
    const lists = [
      readFileSync(path.join(__dirname, 'event-types.ts'), 'utf8'),
      readFileSync(path.join(DOMAINS, 'pools/src/records.ts'), 'utf8'),
    ].join('');
    expect(declared.length).toBeGreaterThan(5);
    expect(
      declared.filter((name) => !new RegExp(`(\\.\\.\\.|[[ ])${name}[,\\] ]`).test(lists)),
    ).toEqual([]);
  });
});
