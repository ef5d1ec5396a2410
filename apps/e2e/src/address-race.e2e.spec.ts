import type { Answer, List, Pool, Problem } from './api';
import { GROUPS, serverGroup } from './server-group';
import { RACE_SCALE } from './race-scale';

const CLIENTS = 64;
/** How many times as much is raced for by hand. */
jest.setTimeout(120_000 * RACE_SCALE);
const TAKEN = 2_000 * RACE_SCALE;
const RACES = 100 * RACE_SCALE;

interface Address {
  readonly id: number;
  readonly address: string;
  readonly pool_id: number | null;
}
type Taken = Answer<{ items: Address[] } & Problem>;

const host = (n: number): string => `10.0.${n >> 8}.${n & 255}`;

describe.each(GROUPS)(
  'addresses taken at once on $name with $processes server processes',
  (group) => {
    const at = serverGroup(group);

    it(`gives ${CLIENTS} clients ${TAKEN} different addresses, one after the other, and no one an error`, async () => {
      const pool = await at(0).api.newPool({
        name: 'race',
        cidr: '10.0.0.0/16',
        kind: 'subnet',
        vrf_id: await at(0).api.newVrf('take'),
      });
      const answers: Taken[] = [];
      let asked = 0;
      await Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          while (asked++ < TAKEN)
            answers.push(
              await at(client).api.post(`/pools/${pool.id}/addresses`, { name: 'race' }),
            );
        }),
      );
      expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
        [],
      );
      const taken = answers.flatMap(({ body }) => body.items.map(({ address }) => address));
      expect(taken).toHaveLength(TAKEN);
      // The network address is nobody's.
      expect(new Set(taken)).toEqual(new Set(Array.from({ length: TAKEN }, (_, n) => host(n + 1))));
      const { utilization } = await at(1).api.expect(200, at(1).api.get<Pool>(`/pools/${pool.id}`));
      expect(utilization.used).toBe(String(TAKEN));
    });

    it(`gives the last space of a pool to a pool, addresses or a range, and never to two, ${RACES} times`, async () => {
      const outcomes = { pool: 0, addresses: 0, range: 0 };
      const vrfId = await at(0).api.newVrf('last');
      for (let n = 0; n < RACES; n++) {
        const pool = await at(0).api.newPool({
          name: `race ${n}`,
          cidr: `10.${1 + (n >> 8)}.${n & 255}.0/30`,
          kind: 'secondary_range',
          vrf_id: vrfId,
        });
        await at(0).api.expect(
          201,
          at(0).api.post(`/pools/${pool.id}/addresses`, { count: 2, name: 'there' }),
        );
        const net = pool.cidr.replace('0/30', '');
        const span = { start_address: `${net}2`, end_address: `${net}3` };
        const asked = [
          () =>
            at(n).api.post<Problem>(`/pools/${pool.id}/allocations`, {
              name: 'b',
              prefix_length: 31,
            }),
          () => at(n + 1).api.post<Problem>(`/pools/${pool.id}/addresses`, { name: 'h', count: 2 }),
          () => at(n).api.post<Problem>(`/pools/${pool.id}/ranges`, { name: 'r', ...span }),
        ];
        // Each is the first to be sent in its turn.
        const turn = n % asked.length;
        const inTurn = [...asked.slice(turn), ...asked.slice(0, turn)];
        const sent = await Promise.all(inTurn.map((send) => send()));
        const answers = [...sent.slice(asked.length - turn), ...sent.slice(0, asked.length - turn)];
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
        for (const { status, body } of answers)
          if (status === 409)
            expect(['pool_exhausted', 'pool_overlap', 'address_taken']).toContain(body.code);
        const winner = (['pool', 'addresses', 'range'] as const)[
          answers.findIndex(({ status }) => status === 201)
        ];
        if (winner) outcomes[winner] += 1;
        const { items } = await at(0).api.expect(
          200,
          at(0).api.get<List<Address>>(`/pools/${pool.id}/addresses`),
        );
        expect(items).toHaveLength(winner === 'addresses' ? 4 : 2);
      }
      expect(outcomes.pool + outcomes.addresses + outcomes.range).toBe(RACES);
    });
  },
);
