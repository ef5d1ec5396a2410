import type { Api, AuditList } from './api';

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
