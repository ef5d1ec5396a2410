import { draws } from '../../limits/canaries/draws.fixture';
import { STORAGES, type StorageKind } from '../../limits/storages.fixture';
import { Prepared, type Json } from '../../prepared.fixture';
import { mutated } from './mutations.fixture';
import { SAMPLES } from './samples.fixture';

/** `npm run fuzz` tries more of them. */
const FILES = Number(process.env['MUTATED_FILES'] ?? 400);
const SEED = Number(process.env['MUTATED_SEED'] ?? 20_261_128);
/** Of all files; each storage refuses other things. */
const PART: Readonly<Record<StorageKind['name'], number>> = {
  memory: 0.4,
  SQLite: 0.3,
  PostgreSQL: 0.3,
  'PostgreSQL with a replica': 0,
};

interface Answer {
  readonly status: number;
  readonly body: Json;
}
interface Told {
  readonly file: unknown;
  readonly line: unknown;
  readonly column: unknown;
  readonly action: unknown;
  readonly code: unknown;
  readonly detail: unknown;
}

/** What is wrong with an answer to a file of this name, as sentences. */
function faultsOf(name: string, { status, body }: Answer): string[] {
  if (status === 200)
    return rowsOf(body)
      .filter(({ action }) => action === 'error')
      .flatMap(({ file, line, column, code, detail }) => [
        ...(String(file).startsWith(name) ? [] : [`a row of ${String(file)}`]),
        ...(Number(line) >= 1 ? [] : [`a row with the line ${String(line)}`]),
        ...(column === null || (typeof column === 'string' && column !== '')
          ? []
          : [`a row with the column ${String(column)}`]),
        ...(code !== null && typeof detail === 'string' && detail !== ''
          ? []
          : ['a row without a reason']),
      ]);
  if (status >= 500) return [`status ${status}: ${JSON.stringify(body)}`];
  const errors = (body['errors'] ?? []) as readonly { field: string }[];
  // There is nothing in it that a line could be named of.
  if (body['code'] === 'no_rows') return [];
  return errors.length > 0 && errors.every(({ field }) => field.startsWith(name))
    ? []
    : [`status ${status} without the file: ${JSON.stringify(body)}`];
}

function rowsOf(body: Json): readonly Told[] {
  return body['rows'] as Told[]; // as the document has it
}

const tally = new Map<string, number>();

describe.each(STORAGES)('files that are not as they should be, on $name,', (kind) => {
  const open = kind.register();
  const count = Math.ceil(FILES * PART[kind.name]);

  it(
    `are read or refused, and told where they are wrong, seed ${SEED}`,
    async () => {
      const server = await Prepared.open(undefined, await open());
      const draw = draws(SEED + STORAGES.indexOf(kind));
      const send = async (name: string, payload: Buffer, query: string): Promise<Answer> => {
        const { statusCode, body } = await server.app.inject({
          method: 'POST',
          url: `/api/v1/import?filename=${name}&limit=10000&${query}`,
          headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/csv' },
          payload,
        });
        return { status: statusCode, body: JSON.parse(body) as Json };
      };
      const counts = async (): Promise<unknown[]> =>
        Promise.all(
          ['audit?', 'pools?', 'vrfs?', 'vlans?', 'accounts?', 'addresses?', 'ranges?'].map(
            async (list) => (await server.send('GET', `/${list}page_size=1`)).body['total'],
          ),
        );
      try {
        for (let n = 0; n < count; n++) {
          const name = draw.of(Object.keys(SAMPLES));
          const { bytes, done } = mutated(Buffer.from(SAMPLES[name] ?? ''), draw);
          if (bytes.length === 0) continue;
          const options = draw.of(['', '', 'fix=canonical&']);
          const where = [n, name, done.join(' '), options, bytes.toString('latin1')];
          const before = await counts();
          const plan = await send(name, bytes, `${options}dry_run=true`);
          expect([...where, faultsOf(name, plan)]).toEqual([...where, []]);
          expect([...where, await counts()]).toEqual([...where, before]);

          const answer = await send(name, bytes, `${options}mode=all`);
          expect([...where, faultsOf(name, answer)]).toEqual([...where, []]);
          const isWrong =
            plan.status === 200 && rowsOf(plan.body).some(({ action }) => action === 'error');
          const wanted = isWrong ? 422 : plan.status;
          expect([...where, answer.status, answer.body['code']]).toEqual([
            ...where,
            wanted,
            isWrong ? 'import_has_errors' : plan.body['code'],
          ]);
          if (wanted !== 200) expect([...where, await counts()]).toEqual([...where, before]);
          else {
            const again = await send(name, bytes, `${options}dry_run=true`);
            const left = rowsOf(again.body).filter(
              ({ action }) => action !== 'unchanged' && action !== 'skip',
            );
            expect([...where, left]).toEqual([...where, []]);
          }
          const outcome = wanted === 200 ? 'imported' : String(answer.body['code']);
          tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
        }
      } finally {
        await server.close();
      }
    },
    120_000 + FILES * 200,
  );
});

describe('the mutations', () => {
  it('leave some files whole, break rows of others, and make others unreadable', () => {
    if (process.env['MUTATED_FILES'] !== undefined)
      process.stderr.write(
        `[cloudpam] ${JSON.stringify(Object.fromEntries(tally))}, seed ${SEED}\n`,
      );
    for (const outcome of ['imported', 'import_has_errors', 'unknown_format'])
      expect(tally.get(outcome) ?? 0).toBeGreaterThan(FILES / 50);
  });
});
