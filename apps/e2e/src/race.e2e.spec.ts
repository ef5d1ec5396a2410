import type { Answer, Api, List, Pool, Problem } from './api';
import { GROUPS, serverGroup } from './server-group';
import { treeFaults } from './tree-faults';

const CLIENTS = 64;
const TAKEN = 200;
/** /28 blocks in a /20. */
const ALL = 256;

type Allocated = Answer<{ items: Pool[] } & Problem>;

/** The /28 at a place of 10.0.0.0/20, from 0. */
const block = (at: number): string => `10.0.${Math.floor(at / 16)}.${(at % 16) * 16}/28`;

describe.each(GROUPS)('parallel allocations on $name with $processes server processes', (group) => {
  const at = serverGroup(group);
  let pool: Pool;

  beforeAll(async () => {
    const { api } = at(0);
    pool = await api.newPool({
      name: 'race',
      cidr: '10.0.0.0/20',
      vrf_id: await api.newVrf('race'),
    });
  });

  const take = (api: Api, name: string): Promise<Allocated> =>
    api.post(`/pools/${pool.id}/allocations`, { prefix_length: 28, name });

  /** As many allocations, by clients that each ask again as soon as they are answered. */
  async function race(count: number): Promise<Allocated[]> {
    const answers: Allocated[] = [];
    let asked = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        while (asked < count)
          answers.push(await take(at(client).api, `client ${client}, request ${asked++}`));
      }),
    );
    return answers;
  }

  it(`gives ${TAKEN} callers ${TAKEN} different blocks that lie one after the other, and no one an error`, async () => {
    const answers = await race(TAKEN);
    expect(
      answers
        .filter(({ status }) => status !== 201)
        .map(({ status, body }) => `${status} ${body.code}`),
    ).toEqual([]);
    const cidrs = new Set(answers.flatMap(({ body }) => body.items.map(({ cidr }) => cidr)));
    expect(cidrs).toEqual(new Set(Array.from({ length: TAKEN }, (_, place) => block(place))));
    expect(treeFaults(await at(0).api.all<Pool>('/pools'))).toEqual([]);
  });

  it('gives away the rest to the last block; the caller after that is told that nothing is left', async () => {
    const answers = await race(ALL - TAKEN);
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(ALL - TAKEN).fill(201));
    const { status, body } = await take(at(0).api, 'one too many');
    expect([status, body.code, body.largest_free]).toEqual([409, 'pool_exhausted', undefined]);
    const children = await at(0).api.expect(
      200,
      at(0).api.get<List<Pool>>(`/pools/${pool.id}/children?page_size=500`),
    );
    expect(children.items.map(({ cidr }) => cidr)).toEqual(
      Array.from({ length: ALL }, (_, place) => block(place)),
    );
  });
});
