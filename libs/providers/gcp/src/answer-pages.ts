import { asObject, isNothing, type JsonObject } from '@cloudpam/provider-shapes';
import type { Call, Send } from './gcp-access';
import { MalformedAnswer } from './gcp-failure';

/**
 * The pages of a list method, each an object.
 * @param method for messages
 * @param call makes the call for a page: undefined is the first one
 * @param kind what Compute says of itself in each answer. An empty list has no other field, so this
 *   tells it from an
 *   object that something else answered.
 * @throws MalformedAnswer when an answer is none of that method, or leads back to where it came
 *   from
 */
export async function* answerPages(
  send: Send,
  method: string,
  call: (pageToken: string | undefined) => Call,
  kind?: string,
): AsyncGenerator<JsonObject> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = asObject(await send(call(token)));
    if (!page || (kind !== undefined && page['kind'] !== kind))
      throw new MalformedAnswer(
        `${method} was answered with something else than ${kind ?? 'an object'}`,
      );
    yield page;
    const next = page['nextPageToken'];
    if (isNothing(next)) return;
    if (typeof next !== 'string' || seen.has(next))
      throw new MalformedAnswer(`${method} has a page that leads to no other`);
    seen.add(next);
    token = next;
  } while (token);
}

/**
 * The list in a field of an answer; Google leaves out empty ones. @throws MalformedAnswer when it
 * is no list
 */
export function listIn(page: JsonObject, field: string, method: string): readonly unknown[] {
  const list = page[field] ?? [];
  if (!Array.isArray(list))
    throw new MalformedAnswer(`${method} was answered with ${field} that are no list`);
  return list;
}
