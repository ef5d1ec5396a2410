import type { Answer, Problem } from './api';
import { GROUPS, serverGroup } from './server-group';

const CLIENTS = 64;
const FREE = 1_000;

interface Vlan {
  readonly vid: number;
}
type Taken = Answer<Vlan & Problem>;

describe.each(GROUPS)(
  'VLAN ids taken at once on $name with $processes server processes',
  (group) => {
    const at = serverGroup(group);

    it(`gives ${CLIENTS} clients ${FREE} different VLAN ids, and then each that there is none`, async () => {
      const { id } = await at(0).api.expect(
        201,
        at(0).api.post<{ id: number }>('/vlan-groups', {
          name: 'race',
          vid_ranges: `1001-${1000 + FREE - 1},4094`,
        }),
      );
      const answers: Taken[] = [];
      let asked = 0;
      await Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          while (asked < FREE + CLIENTS) {
            const name = `v${asked++}`;
            answers.push(await at(client).api.post(`/vlan-groups/${id}/vlans`, { name }));
          }
        }),
      );
      const taken = answers.filter(({ status }) => status === 201).map(({ body }) => body.vid);
      expect(taken.sort((a, b) => a - b)).toEqual([
        ...Array.from({ length: FREE - 1 }, (_, n) => 1001 + n),
        4094,
      ]);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
        Array.from({ length: CLIENTS }, () => '409 vlan_group_exhausted'),
      );
      const free = await at(1).api.expect(200, at(1).api.get(`/vlan-groups/${id}/free`));
      expect(free).toEqual({ vid_ranges: '', count: 0, next: null });
    });
  },
);
