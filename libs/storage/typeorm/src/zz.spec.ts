import { startPostgres } from './testing';
import { openStorage } from './typeorm-storage';
import { MIGRATIONS } from './testing/storages';
it('times', async () => {
  let t = Date.now(); const lap = (n: string) => { console.log(n, Date.now() - t); t = Date.now(); };
  const s = await startPostgres(async (url) => (await openStorage({ url, migrationsDir: MIGRATIONS })).close());
  lap('start');
  for (let i = 0; i < 4; i++) {
    const url = await s.database(); lap('create');
    const st = await openStorage({ url, migrationsDir: MIGRATIONS }); lap('open');
    await st.unitOfWork.run(({ vrfs }) => vrfs.get(1)); lap('run');
    await st.close(); lap('close');
    await s.drop(url); lap('drop');
  }
  await s.stop(); lap('stop');
}, 60000);
