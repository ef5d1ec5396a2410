import type { Answer, Problem } from '../api';
import { TOKEN, type Server } from '../start-server';

/** What these tests read of an answer. */
export interface Imported {
  readonly plan: string;
  readonly applied: boolean;
  readonly summary: Readonly<Record<'create' | 'update' | 'unchanged' | 'skip' | 'error', number>>;
}

export interface ProgressLine {
  readonly stage?: 'reading' | 'planning' | 'applying';
  readonly done?: number;
  readonly result?: Imported;
  readonly problem?: Problem;
}

/** As many rows of one VRF: a container, and networks in it. */
export function rowsOf(vrf: string, count: number): string {
  const lines = Array.from({ length: count - 1 }, (_, at) => {
    const address = [10, at >> 10, (at >> 2) & 255, (at & 3) * 64].join('.');
    return `${address}/26,${vrf},net ${at}`;
  });
  // The wide one comes last: all others get it as their parent.
  return ['CIDR,VRF,Name', ...lines, `10.0.0.0/8,${vrf},all`, ''].join('\n');
}

const request = (csv: string, accept: string, signal?: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/csv', accept },
  body: csv,
  ...(signal && { signal }),
});

/** Imports a file. @param query begins with `&` */
export async function importFile(
  server: Server,
  csv: string,
  query = '',
): Promise<Answer<Imported & Problem>> {
  const answer = await fetch(
    `${server.url}/api/v1/import?limit=1${query}`,
    request(csv, 'application/json'),
  );
  const body = (await answer.json()) as Imported & Problem; // the caller looks at the status
  return { status: answer.status, headers: answer.headers, body };
}

/** Imports a file, and gives each line that tells how far it is. Ends early where the connection does. */
export async function* importInLines(
  server: Server,
  csv: string,
  signal?: AbortSignal,
): AsyncGenerator<ProgressLine> {
  let rest = '';
  try {
    const { body } = await fetch(
      `${server.url}/api/v1/import?limit=1`,
      request(csv, 'application/x-ndjson', signal),
    );
    for await (const chunk of body ?? []) {
      const lines = (rest + Buffer.from(chunk as Uint8Array).toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as ProgressLine;
    }
  } catch {
    // Its server was killed, or the test has closed it.
  }
}
