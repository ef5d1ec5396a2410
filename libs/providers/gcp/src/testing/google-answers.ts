/** What a call is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A list that need not be in memory: an array is one. */
export interface ListOf<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** What the pages of a list are asked with. */
export interface Paging {
  /** Entries a page, if the caller does not ask for fewer. */
  readonly pageSize: number;
  readonly parameters: URLSearchParams;
}

/** A JSON answer, status 200 unless told otherwise. */
export function json(body: object, status = 200): Answer {
  return { status, body: JSON.stringify(body) };
}

/**
 * An error as the Compute API gives it: `reason` is `forbidden`, `accessNotConfigured`,
 * `rateLimitExceeded` and so on.
 */
export function googleError(status: number, reason: string, message: string): Answer {
  return json(
    { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } },
    status,
  );
}

/**
 * An error as newer APIs give it, such as Resource Manager: a status and perhaps a reason in the
 * details.
 */
export function googleStatus(
  status: number,
  name: string,
  message: string,
  reason?: string,
): Answer {
  const details = reason
    ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }]
    : [];
  return json({ error: { code: status, message, status: name, details } }, status);
}

/** The entries of the page that is asked for, and the token of the next one. */
export function pageOf<T>(
  list: ListOf<T>,
  { pageSize, parameters }: Paging,
): { readonly entries: T[]; readonly nextPageToken?: string } {
  const start = Number(parameters.get('pageToken') ?? '0');
  const asked = Number(parameters.get('maxResults') ?? parameters.get('pageSize') ?? pageSize);
  const end = Math.min(start + Math.min(pageSize, asked), list.length);
  // Indexes below the length have an entry.
  const entries = Array.from(
    { length: Math.max(0, end - start) },
    (_, at) => list.at(start + at) as T,
  );
  return { entries, ...(end < list.length && { nextPageToken: String(end) }) };
}

/** A page of `networks.list`. Google leaves out an empty `items`. */
export function networkList(networks: ListOf<object>, paging: Paging): Answer {
  const { entries, nextPageToken } = pageOf(networks, paging);
  return json({
    kind: 'compute#networkList',
    id: 'networks',
    ...(entries.length > 0 && { items: entries }),
    nextPageToken,
  });
}

const KINDS = {
  subnetworks: 'compute#subnetworkAggregatedList',
  instances: 'compute#instanceAggregatedList',
  addresses: 'compute#addressAggregatedList',
} as const;

/**
 * A page of an aggregated list: by region, or zone, with a warning for each region that has
 * nothing on this page.
 */
export function aggregatedList(
  field: 'subnetworks' | 'instances' | 'addresses',
  list: ListOf<object>,
  paging: Paging,
): Answer {
  const { entries, nextPageToken } = pageOf(list, paging);
  const items: Record<string, { [list: string]: object[] | object }> = {
    'regions/me-west1': {
      warning: {
        code: 'NO_RESULTS_ON_PAGE',
        message: "There are no results for scope 'regions/me-west1' on this page.",
        data: [{ key: 'scope', value: 'regions/me-west1' }],
      },
    },
  };
  for (const entry of entries) {
    const place = { region: 'unknown', zone: undefined, ...entry };
    const link = String(place.zone ?? place.region);
    const regional = (items[`regions/${link.slice(link.lastIndexOf('/') + 1)}`] ??= {});
    regional[field] = [...((regional[field] as object[] | undefined) ?? []), entry];
  }
  return json({
    kind: KINDS[field],
    id: field,
    items,
    nextPageToken,
  });
}
