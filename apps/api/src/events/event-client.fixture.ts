import type { CloudEvent } from '@cloudpam/events';

/** What came over an event stream. */
export interface Message {
  readonly id: string;
  /** undefined for a sign of life. */
  readonly event: CloudEvent | undefined;
}

/** Listens to an event stream, message by message. It ends when the server ends it. */
export async function* listen(
  url: string,
  token: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): AsyncGenerator<Message, void> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal,
  });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of answer.body) {
    text += decoder.decode(piece as Uint8Array, { stream: true });
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2))
      yield messageOf(text.slice(0, end));
  }
}

function messageOf(text: string): Message {
  const field = (name: string): string | undefined =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  return {
    id: field('id') ?? '',
    event: data === undefined ? undefined : (JSON.parse(data) as CloudEvent),
  };
}
