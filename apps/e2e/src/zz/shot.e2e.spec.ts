import { openBrowser } from '../open-browser';
import { startServer, TOKEN } from '../start-server';
import { SQLITE } from '../storages';
import AxeBuilder from '@axe-core/playwright';
const NONE = { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 };
const OUT='/tmp/h/wiz';
it('shots', async () => {
  const database = await SQLITE.open();
  const server = await startServer(database.url);
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await context.addInitScript(`sessionStorage.setItem('cloudpam.token', '${TOKEN}')`);
  const page = await context.newPage();
  page.on('pageerror', (e) => console.log('ERR', e.message));
  page.on('console', (m) => m.type()==='error' && console.log('CON', m.text()));
  await context.route('**/api/v1/me', async (route) => {
    const r = await route.fetch(); const j = await r.json(); j.permissions.push('import:write'); await route.fulfill({ json: j });
  });
  await context.route('**/api/v1/import/maps', (r) => r.fulfill({ json: { items: [{name:'sites', map:{tags:'all'}, updated_at:''}] } }));
  const rows: any[] = [];
  const N = Number(process.env['ROWS'] ?? 10000);
  for (let i = 0; i < N; i++) {
    const a = ['create','create','update','unchanged','skip','error'][i % 6];
    const cidr = i % 6 === 5 ? null : i === 0 ? '10.0.0.0/8' : i%250===0 ? `10.${(i/250)|0}.0.0/16` : `10.${(i/250)|0}.${i%250}.0/24`;
    rows.push({ table: 0, file: 'prefixes-of-all-sites-2026.csv', line: i+2, column: a==='error'?'prefix':null, entity: 'pool', action: a, code: a==='error'?'host_bits':a==='skip'?'no_data':null,
      detail: a==='error'?'10.1.2.3/16 is not canonical; did you mean 10.1.0.0/16? This is a long explanation that has to be cut in the row.':a==='skip'?'This row is a total.':null,
      label: cidr ?? '10.1.2.3/16', id: a==='update'?7:null, vrf: i%3? 'global':'production', cidr, changes: a==='update'?[{field:'name',before:'old',after:'new'},{field:'status',before:'planned',after:'active'}]:null });
  }
  const counts: any = { ...NONE }; for (const r of rows) counts[r.action]++;
  const table = { file: 'prefixes-of-all-sites-2026.csv', format: 'spreadsheet', because: 'The header names a CIDR column, and no format of another system.', entity: 'pool', encoding: 'utf-8', delimiter: ';', header_line: 1, columns: ['Network','Site','State','Rack','Owner','Kommentar'], mapping: {cidr:'Network', name:'Site', status:'State'}, unknown: ['Rack','Owner','Kommentar'], sample: Array.from({length:10},(_, i)=>[`10.${i}.0.0/16`,'berlin','in use','R'+i,'net','some longer comment that goes on and on']) };
  await context.route('**/api/v1/import?*', async (route) => {
    const dry = route.request().url().includes('dry_run=true');
    const result = { format: 'spreadsheet', plan: 'abc', applied: !dry, tables: [table], summary: { ...counts, entities: [{ entity: 'pool', ...counts }, {entity:'vrf', ...NONE, create: 2}] }, rows, next_cursor: 'x' };
    await route.fulfill({ contentType: 'application/x-ndjson', body: JSON.stringify({stage:'planning',done:5,of:10})+'\n'+JSON.stringify({ result })+'\n' });
  });
  const scan = async (name: string) => {
    for (const colorScheme of ['light','dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${OUT}/${name}-${colorScheme}.png`, fullPage: false });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
      for (const v of violations) for (const n of v.nodes) console.log(name, colorScheme, v.id, n.target.join(' '), n.html.slice(0,150));
    }
  };
  await page.goto(`${server.url}/pools`); await page.getByText('No pools yet').waitFor(); await scan('0-empty');
  await page.goto(`${server.url}/import`);
  await page.getByRole('button', { name: 'Choose files' }).waitFor(); await scan('1-start');
  await page.setInputFiles('input[type=file]', [{ name: 'prefixes-of-all-sites-2026.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') }]);
  await page.getByText(/Read as utf-8/).waitFor(); await scan('1-files');
  await page.getByRole('button', { name: 'Next: columns' }).click(); await page.getByRole('heading', { name: 'What do the columns mean?' }).waitFor(); await scan('2-columns');
  await page.evaluate(() => document.querySelector('main h1')!.parentElement!.parentElement!.scrollTo(0, 9999)); await page.screenshot({ path: `${OUT}/2-columns-end.png` });
  await page.getByRole('button', { name: 'Next: plan' }).click(); await page.getByRole('grid').waitFor();
  await page.getByRole('grid').focus(); for (let i=0;i<3;i++) await page.keyboard.press('ArrowDown'); await scan('3-plan');
  const t = await page.evaluate(async () => { const g = document.querySelector('[role=grid]')!; let worst = 0; for (let i=0;i<60;i++){ const s=performance.now(); g.scrollTop += 3000; await new Promise(r=>requestAnimationFrame(()=>requestAnimationFrame(r))); worst=Math.max(worst, performance.now()-s);} return worst; });
  console.log('worst two frames while scrolling', t);
  await page.getByText('Tree', {exact:true}).click(); await page.getByRole('treegrid').waitFor(); await page.getByRole('treegrid').focus(); for (let i=0;i<4;i++) await page.keyboard.press('ArrowDown'); await scan('3-tree');
  await page.setViewportSize({ width: 390, height: 800 }); await scan('3-tree-phone');
  await page.getByText('Table', {exact:true}).click(); await scan('3-plan-phone');
  await page.getByRole('radio', {name:'What can be taken'}).click(); 
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.getByRole('button', { name: /^Apply/ }).click(); await page.getByText(/^Done/).waitFor(); await scan('4-done');
  await page.goto(`${server.url}/import`); await page.setViewportSize({ width: 390, height: 800 }); await page.waitForTimeout(500); await scan('1-start-phone');
  await page.setInputFiles('input[type=file]', [{ name: 'prefixes-of-all-sites-2026.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') }]);
  await page.getByText(/Read as utf-8/).waitFor(); await scan('1-files-phone');
  await page.getByRole('button', { name: 'Next: columns' }).click(); await page.getByRole('heading', { name: 'What do the columns mean?' }).waitFor(); await scan('2-columns-phone');
  await browser.close(); await server.stop().catch((e)=>console.log(String(e).slice(0,300))); await database.remove();
}, 300000);
