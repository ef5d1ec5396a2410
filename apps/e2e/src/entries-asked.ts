import type { Api, AuditEntry, AuditList, List } from './api';

/**
 * How many entries the log has, up to 10,000, but those that the server writes beside the requests
 * when findings appear or are gone: these come when they come.
 */
export async function entriesAsked(api: Api): Promise<number> {
  const total = async (filter = ''): Promise<number> =>
    (await api.expect(200, api.get<AuditList>(`/audit?page_size=1${filter}`))).total;
  for (;;) {
    const told = await total('&action=finding.*');
    const all = await total();
    if ((await total('&action=finding.*')) === told) return all - told;
  }
}

/** The newest entry of the log but those, however many it has; null where there is none. */
export async function lastEntryAsked(api: Api): Promise<number | null> {
  for (let cursor = ''; ;) {
    const { items, next_cursor: next } = await api.expect(
      200,
      api.get<List<AuditEntry & { id: number }>>(`/audit?page_size=500${cursor}`),
    );
    const found = items.find(({ action }) => !action.startsWith('finding.'));
    if (found) return found.id;
    if (next === null) return null;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
}
