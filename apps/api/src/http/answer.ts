/** How a write is answered. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Record<string, string>;
}

/** What the same key asks for was made, and was deleted since. */
export class GoneSince extends Error {
  constructor() {
    super('What this key made was deleted since. Use a fresh key to make it again.');
    this.name = 'GoneSince';
  }
}

/** The answer with something that has versions: its version is the ETag. */
export function versionedAnswer<Body extends { readonly version: number }>(
  body: Body,
): Answer<Body> {
  return { status: 200, headers: { etag: `"${body.version}"` }, body };
}

/** The answer with something that was just made, and where it is. @param list the path of all of its kind */
export function createdAnswer<Body extends { readonly id: number; readonly version: number }>(
  body: Body,
  list: string,
): Answer<Body> {
  const { headers } = versionedAnswer(body);
  return { status: 201, headers: { ...headers, location: `${list}/${body.id}` }, body };
}
