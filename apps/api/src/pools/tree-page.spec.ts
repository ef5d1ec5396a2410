import { Prepared, type Json } from '../prepared.fixture';

interface Node {
  readonly id: number;
  readonly cidr: string;
  readonly children: Node[];
  readonly truncated: boolean;
  readonly child_count: number;
}

describe('the tree of a pool over HTTP', () => {
  let server: Prepared;
  let root: number;
  const idOf = new Map<string, number>();
  const make = async (cidr: string): Promise<void> => void idOf.set(cidr, await server.pool(cidr));
  const page = (query: string): Promise<{ status: number; body: Json }> =>
    server.send('GET', `/pools/${root}/tree?${query}`);
  const flat = ({ id, children }: Node): number[] => [id, ...children.flatMap(flat)];

  /** The ids of all pages in the order in which they are first shown, and what each page adds. */
  async function walked(depth: number, size: number): Promise<{ ids: number[]; added: number[] }> {
    const ids = new Set<number>();
    const added: number[] = [];
    for (let cursor = ''; ;) {
      const { status, body } = await page(`depth=${depth}&page_size=${size}${cursor}`);
      expect(status).toBe(200);
      const before = ids.size;
      for (const id of flat(body as unknown as Node)) ids.add(id);
      added.push(ids.size - before);
      if (body['next_cursor'] === null) return { ids: [...ids], added };
      cursor = `&cursor=${String(body['next_cursor'])}`;
    }
  }

  beforeAll(async () => {
    server = await Prepared.open();
    root = await server.pool('10.0.0.0/8');
    // Alone, with children, with grandchildren that reach a further level down.
    for (const cidr of ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'])
      await make(cidr);
    for (let n = 0; n < 5; n++) await make(`10.1.${n}.0/24`);
    for (let n = 0; n < 3; n++) await make(`10.3.${n}.0/24`);
    for (let n = 0; n < 4; n++) await make(`10.3.1.${n * 16}/28`);
    await make('10.3.1.32/30');
  });
  afterAll(() => server.app.close());

  it('is the same in pages of any size, each of which is a tree', async () => {
    const whole = await walked(5, 1_000);
    expect([whole.added, whole.ids[0]]).toEqual([[18], root]);
    for (const size of [1, 2, 3, 4, 5, 7, 16, 17]) {
      const { ids, added } = await walked(5, size);
      expect([size, ids]).toEqual([size, whole.ids]);
      expect(added.reduce((sum, each) => sum + each)).toBe(18);
      expect(Math.max(...added.slice(1), 0)).toBeLessThanOrEqual(size);
    }
    expect((await walked(1, 3)).ids).toHaveLength(5);
    expect((await walked(2, 3)).ids).toHaveLength(13);
  });

  it('says of each pool whether all its children are shown', async () => {
    const { body } = await page('depth=1');
    const { truncated, children } = body as unknown as Node;
    expect([
      truncated,
      children.map((each) => [each.cidr, each.child_count, each.truncated]),
    ]).toEqual([
      false,
      [
        ['10.0.0.0/16', 0, false],
        ['10.1.0.0/16', 5, true],
        ['10.2.0.0/16', 0, false],
        ['10.3.0.0/16', 3, true],
      ],
    ]);
  });

  it('goes on when the pool in which a page ended is gone, and takes no other cursor', async () => {
    const { body } = await page('depth=5&page_size=14');
    const cursor = String(body['next_cursor']);
    await server.send('DELETE', `/pools/${idOf.get('10.3.1.0/24') ?? 0}?cascade=true`);
    const next = await page(`depth=5&page_size=14&cursor=${cursor}`);
    const last = flat(next.body as unknown as Node).at(-1);
    expect([next.status, last, next.body['next_cursor']]).toEqual([
      200,
      idOf.get('10.3.2.0/24'),
      null,
    ]);
    const mark = cursor.split('.')[0] ?? '';
    const forged = ['{}', '[]', '[1]', '[["a",""]]', '[[1,2]]', '[[4711,""]]', 'x'].map(
      (text) => `depth=5&cursor=${mark}.${Buffer.from(text).toString('base64url')}`,
    );
    for (const other of [`depth=4&cursor=${cursor}`, 'depth=5&cursor=x', ...forged]) {
      const { status, body: problem } = await page(other);
      expect([other, status, problem['code']]).toEqual([other, 400, 'invalid_cursor']);
    }
  });
});
