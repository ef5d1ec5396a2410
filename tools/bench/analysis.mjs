// What the analysis of all pools costs, and the list of what it recommends.
import { AnalysePools } from '@cloudpam/analysis';
import { DAY_MS, dayOf } from '@cloudpam/forecast';
import { loopTurn } from '@cloudpam/event-loop';
import { count, milliseconds, say, table } from './printed.mjs';
import { CHUNK, LOADED_AT } from './synthetic.mjs';
import { median, timed } from './timing.mjs';

const ROUNDS = 15;
const PAGE = 100;
const MEBIBYTE = 2 ** 20;

/**
 * `npm run bench -- analysis`: analyses all pools a hundred days after they were made, while two of the VRFs can
 * reach each other, and reads the list.
 */
export async function benchAnalysis({ storage, bare, loaded, heading }) {
  await prepare(storage, loaded);
  await bare.settle();
  const { unitOfWork } = storage;
  const now = () => new Date(LOADED_AT.getTime() + 100 * DAY_MS);
  const analyse = new AnalysePools(unitOfWork, 'bench', now, loopTurn);
  const before = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  let analysed = 0;
  say('analysing ...');
  const took = await timed(async () => (analysed = await analyse.execute()));
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before);
  const reads = {
    'first page of 100': {},
    'of one kind': { kind: 'duplicate' },
    'of one VRF': { vrfId: loaded.vrfIds[1] },
    'for who is limited to an account': { accessScope: { accountIds: [1], under: null } },
  };
  const rows = [
    ['analysis of all pools, seconds', (took / 1_000).toFixed(1)],
    ['of the processor, seconds', ((user + system) / 1e6).toFixed(1)],
    ['pools', count(analysed)],
    ['peak memory of the process, MiB', count(Math.round(peak / MEBIBYTE))],
  ];
  for (const [title, filter] of Object.entries(reads)) {
    const samples = [];
    for (let round = 0; round < ROUNDS; round++)
      samples.push(
        await timed(() =>
          unitOfWork.read(({ recommendations }) => recommendations.list(filter, { size: PAGE })),
        ),
      );
    rows.push([`list, ${title}, ms`, milliseconds(median(samples))]);
    const counts = await timed(() =>
      unitOfWork.read(({ recommendations }) => recommendations.counts(filter)),
    );
    rows.push([`counts by kind, ${title}, ms`, milliseconds(counts)]);
  }
  table(heading, ['', ''], rows);
}

/** Two VRFs that can reach each other, and usage of all that has children. */
async function prepare({ unitOfWork }, { vrfIds, ids }) {
  await unitOfWork.run(async ({ vrfs }) => {
    for (const vrf of await vrfs.getMany(vrfIds.slice(0, 2)))
      await vrfs.save({ ...vrf, reachabilityDomain: 'bench' });
  });
  const day = dayOf(LOADED_AT);
  for (let start = 0; start < ids.length; start += CHUNK)
    await unitOfWork.run(async ({ pools, usage }) => {
      const some = await pools.getMany(ids.slice(start, start + CHUNK));
      const used = some.filter(({ childUsed }) => childUsed > 0n);
      await usage.save(
        used.map(({ id }) => ({ poolId: id, day: { day, taken: { 24: 200 }, free: { 24: 56 } } })),
      );
    });
}
