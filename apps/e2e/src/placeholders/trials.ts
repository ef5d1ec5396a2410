import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { List } from '../api';
import { TOKEN, type Server } from '../start-server';
import { handsOf, type Trial } from './hands';
import { importTrials } from './import-trials';

/** The same promise each time: what several trials look at is made once. */
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** A trial of each placeholder, by what `placeholders` calls it. */
export function trialsOf(
  page: Page,
  server: Server,
  browser: Browser,
): Readonly<Record<string, Trial>> {
  const {
    visit,
    dialog,
    button,
    box,
    options,
    get,
    pool,
    shown,
    gone,
    narrows,
    offers,
    newPool,
    allocated,
    edited,
    newRecord,
  } = handsOf(page, server);
  const nothing: Trial = () => Promise.resolve();
  const account = once(async (): Promise<Record<string, unknown> | undefined> => {
    const name = `made ${randomUUID()}`;
    const typed = {
      Name: name,
      Provider: 'aws',
      'Cloud id': '123456789012',
      Environment: 'prod',
      Regions: 'eu-west-1',
    };
    const made = (await newRecord<Record<string, unknown>>('accounts', 'account', typed)).find(
      (each) => each['name'] === name,
    );
    await server.api.expect(200, server.api.delete(`/accounts/${String(made?.['id'])}`));
    return made;
  });
  type Typed = readonly (readonly [name: string, typed: string])[];
  /** What the server would make of the placeholders of a dialog: a dry run, as nobody may be asked for its name. */
  const tried = (one: string, texts: Typed, lists: Typed) =>
    once(async (): Promise<unknown> => {
      const path = `**/api/v1/${one}s`;
      await visit(`/${one}s`);
      await page.route(path, (route) =>
        route.request().method() === 'POST'
          ? route.continue({ url: `${route.request().url()}?dry_run=true` })
          : route.continue(),
      );
      await button(`New ${one}`).click();
      for (const [name, typed] of texts) await box(name, dialog()).fill(typed);
      for (const [name, typed] of lists) {
        const field = dialog().getByRole('combobox', { name, exact: true });
        await field.fill(typed);
        await field.press('Enter');
      }
      const answered = page.waitForResponse(`${path}?dry_run=true`);
      await button(`Create ${one}`, dialog()).click();
      const answer = await answered;
      await page.unroute(path);
      expect(answer.status()).toBe(200);
      return answer.json();
    });
  const webhook = tried(
    'webhook',
    [
      ['Name', 'made'],
      ['URL', 'https://hooks.example.com/cloudpam'],
    ],
    [
      ['Events', 'pool.*'],
      ['Tags', 'env:prod'],
    ],
  );
  const digest = tried(
    'digest',
    [['Name', 'made']],
    [
      ['Recipients', 'net-team@example.com'],
      ['Tags', 'env:prod'],
    ],
  );
  const isolating = async (): Promise<void> => {
    await visit('/discovery?tab=networks');
    await button('Own VRF for vpc-0a1b2cff').click();
    await dialog().getByText('Existing VRF', { exact: true }).click();
  };
  const search = async (typed: string, found: string | RegExp): Promise<void> => {
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill(typed);
    await page.getByRole('listbox').getByText(found).first().waitFor();
  };
  const tagged = once(() =>
    allocated(
      'corp',
      async () => {
        await button('Add tag', dialog()).click();
        await dialog().getByPlaceholder('key', { exact: true }).fill('cost:center');
        await dialog().getByPlaceholder('value', { exact: true }).fill('a=b');
      },
      'tagged',
    ),
  );
  return {
    ...importTrials(page, server),
    'accounts/accounts-page.tsx, Cloud id: 123456789012': async () =>
      expect(await account()).toMatchObject({ external_id: '123456789012' }),
    'accounts/accounts-page.tsx, Key: provider:cloud id': async () =>
      expect(await account()).toMatchObject({ key: 'aws:123456789012' }),
    'accounts/accounts-page.tsx, Environment: prod': async () =>
      expect(await account()).toMatchObject({ environment: 'prod' }),
    'accounts/accounts-page.tsx, Regions: eu-west-1': async () =>
      expect(await account()).toMatchObject({ regions: ['eu-west-1'] }),
    'accounts/accounts-page.tsx, Discovery interval, seconds: Server default': async () =>
      expect(await account()).toMatchObject({ discovery_interval: null }),
    'accounts/accounts-page.tsx, Discovery policy: Server default': async () =>
      expect(await account()).toMatchObject({ discovery_policy: null }),
    'audit/audit-page.tsx, What: Anything': async () => {
      const kinds = async (): Promise<Set<string | undefined>> =>
        new Set(
          (
            await page
              .getByRole('table', { name: 'Audit entries' })
              .getByRole('cell')
              .allInnerTexts()
          ).flatMap((text) => /^(pool|vrf|account|vlan) \d+$/.exec(text)?.[1] ?? []),
        );
      await visit('/audit');
      await page.getByRole('table', { name: 'Audit entries' }).waitFor();
      expect((await kinds()).size).toBeGreaterThan(2);
      await page.getByRole('combobox', { name: 'What', exact: true }).click();
      await page.getByRole('option', { name: 'vrf', exact: true }).click();
      await gone('pool.create');
      expect([...(await kinds())]).toEqual(['vrf']);
    },
    'discovery/findings-tab.tsx, Filter by text: Name, CIDR, cloud id…': () =>
      narrows('/discovery?tab=findings&type=overlap', [
        ['clash one', 'clash one', 'clash two'],
        ['172.20.0.0/16', 'clash two', 'clash one'],
        ['172.16.3.4', 'clash one', 'clash two'],
        ['vpc-0000bbbb', 'clash two', 'clash one'],
        ['172.16', 'clash one', 'clash two', 'Read as 172.16.0.0/16.'],
      ]),
    'discovery/isolate-dialog.tsx, VRF: Choose one': async () => {
      await isolating();
      await dialog().getByPlaceholder('Choose one', { exact: true }).click();
      expect(await options().allInnerTexts()).toEqual(['lab']);
    },
    'discovery/isolate-dialog.tsx, VRF: There is no other VRF': async () => {
      const { id } = await pool('in the lab');
      const lab =
        (await get<List<{ id: number; name: string }>>('/vrfs')).items.find(
          ({ name }) => name === 'lab',
        )?.id ?? 0;
      await server.api.expect(200, server.api.delete(`/pools/${id}`));
      await server.api.expect(200, server.api.delete(`/vrfs/${lab}`));
      await isolating();
      expect(
        await dialog().getByPlaceholder('There is no other VRF', { exact: true }).isDisabled(),
      ).toBe(true);
      await server.api.newPool({
        name: 'in the lab',
        cidr: '10.0.0.0/9',
        vrf_id: await server.api.newVrf('lab'),
      });
    },
    'discovery/networks-tab.tsx, Filter by text: Name or cloud id…': () =>
      narrows('/discovery?tab=networks', [
        ['net 2c3d', 'net 2c3d', 'net 2cff'],
        ['vpc-0a1b2cff', 'net 2cff', 'net 2c3d'],
      ]),
    'discovery/resources-tab.tsx, Filter by text: Name, CIDR, cloud id…': () =>
      narrows('/discovery?tab=resources', [
        ['web', 'web', 'back'],
        ['172.20.0.0/16', 'back', 'web'],
        ['172.16.1.77', 'web', 'back'],
        ['subnet-0a1b2c3e', 'web', 'back'],
        ['172.20.1.1/16', 'back', 'web', 'Read as 172.20.0.0/16.'],
      ]),
    'frame/vrf-picker.tsx, VRF: All VRFs': async () => {
      await visit('/pools');
      await shown('in the lab');
      await shown('other');
      await page
        .getByRole('combobox', { name: 'VRF', exact: true })
        .filter({ visible: true })
        .click();
      await page.getByRole('option', { name: 'lab', exact: true }).click();
      await gone('other');
      await shown('in the lab');
    },
    'limits/pools-select.tsx, Pools: Type a CIDR, an address or a name': async () => {
      await visit('/tokens');
      await button('New token').click();
      for (const [typed, found] of [
        ['192.168.0.0/16', '192.168.0.0/16 other'],
        ['192.168.3.4', '192.168.0.0/16 other'],
        ['othe', '192.168.0.0/16 other'],
      ] as const) {
        await dialog().getByRole('combobox', { name: 'Pools', exact: true }).fill(typed);
        await page.getByRole('option', { name: found, exact: true }).waitFor();
      }
    },
    'webhooks/webhook-dialog.tsx, URL: https://hooks.example.com/cloudpam': async () =>
      expect(await webhook()).toMatchObject({ url: 'https://hooks.example.com/cloudpam' }),
    'webhooks/webhook-dialog.tsx, Events: pool.*': async () =>
      expect(await webhook()).toMatchObject({ filter: { types: ['pool.*'] } }),
    'digests/digest-dialog.tsx, Recipients: net-team@example.com': async () =>
      expect(await digest()).toMatchObject({ recipients: ['net-team@example.com'] }),
    'limits/place-fields.tsx, Tags: env:prod': async () => {
      for (const made of [await webhook(), await digest()])
        expect(made).toMatchObject({ filter: { tags: ['env:prod'] } });
    },
    'pools/dialogs/new-pool-dialog.tsx, CIDR: 10.0.0.0/8 or 2001:db8::/32': async () => {
      for (const cidr of ['10.0.0.0/8', '2001:db8::/32'])
        expect(
          await newPool(() => box('CIDR', dialog()).fill(cidr), `made as ${cidr}`),
        ).toMatchObject({ cidr });
    },
    'pools/dialogs/pool-fields.tsx, Account: As the pool: ${inheritedAccount.name}': async () => {
      const { account_id: inherited } = await pool('theirs');
      const made = await allocated(
        'theirs',
        async () =>
          expect(
            await dialog().getByPlaceholder('As the pool: 111111111111', { exact: true }).count(),
          ).toBe(1),
        'as the account',
      );
      expect([made.account_id, inherited === null]).toEqual([inherited, false]);
    },
    'pools/dialogs/pool-fields.tsx, Region: As the pool: ${inherited.region}': async () => {
      const made = await allocated(
        'other',
        async () =>
          expect(
            await dialog().getByPlaceholder('As the pool: fra1', { exact: true }).count(),
          ).toBe(1),
        'as the region',
      );
      expect(made.region).toBe('fra1');
    },
    'pools/dialogs/pool-fields.tsx, Account: None': async () =>
      expect(await allocated('corp', nothing, 'of none')).toMatchObject({ account_id: null }),
    'pools/dialogs/pool-fields.tsx, VLAN: None': async () =>
      expect(await allocated('corp', nothing, 'in none')).toMatchObject({ vlan_id: null }),
    'pools/dialogs/pool-fields.tsx, Region: eu-west-1': async () =>
      expect(
        await allocated('corp', () => box('Region', dialog()).fill('eu-west-1'), 'in a region'),
      ).toMatchObject({
        region: 'eu-west-1',
      }),
    'pools/dialogs/rules-fields.tsx: Any': async () => {
      expect(
        await edited('corp', () => box('Description', dialog()).fill('without rules')),
      ).toMatchObject({
        rules: null,
      });
      expect(await allocated('corp', nothing, 'of any length')).toMatchObject({ account_id: null });
    },
    'pools/dialogs/rules-fields.tsx, Required tags: env': async () => {
      const required = dialog().getByPlaceholder('env', { exact: true });
      const made = await edited('other', async () => {
        await required.fill('env');
        await page.keyboard.press('Enter');
      });
      expect(made).toMatchObject({ rules: { required_tags: ['env'] } });
    },
    'pools/detail/address-grid.tsx, Go to address: Go to address…': async () => {
      await visit(`/pools/${(await pool('other')).id}?tab=addresses`);
      await shown('192.168.0.0/24');
      await box('Go to address').fill('192.168.7.7');
      await page.keyboard.press('Enter');
      await shown('192.168.7.0/24');
    },
    'pools/tree/pool-filter-bar.tsx, Filter by text: Name, CIDR, id…': async () =>
      narrows('/pools', [
        ['corp', 'corp', 'other'],
        ['192.168.0.0/16', 'other', 'corp'],
        ['192.168.7.7', 'other', 'corp'],
        ['subnet-0a1b2c3e', 'web', 'corp'],
        [`#${(await pool('corp')).id}`, 'corp', 'other'],
        [`${(await pool('other')).id}`, 'other', 'corp'],
        ['192.168', 'other', 'corp', 'Read as 192.168.0.0/16.'],
      ]),
    'pools/tree/pool-filter-bar.tsx, Tags: Tag key:value': async () => {
      await visit('/pools');
      await shown('other');
      await page.getByPlaceholder('Tag key:value', { exact: true }).fill('team:net');
      await page.keyboard.press('Enter');
      await gone('other');
      await shown('corp');
    },
    'records/records-page.tsx, Filter by text: Filter…': async () => {
      await narrows('/accounts', [
        ['1111', '111111111111', '222222222222'],
        ['aws:2222', '222222222222', '111111111111'],
      ]);
      await narrows('/vrfs', [['LAB', 'lab', 'global']]);
      await narrows('/vlans', [
        ['voi', 'voice', 'video'],
        ['9', 'video', 'voice'],
      ]);
    },
    'search/search-box.tsx, Search: {SEARCH_HINTS.empty}': async () => {
      await visit('/vrfs');
      expect(
        await page
          .getByRole('searchbox', { name: 'Search', exact: true })
          .getAttribute('placeholder'),
      ).toBe('Paste an IP, CIDR, range, cloud id, name or key:value');
      await search('192.168.7.7', 'other');
      await search('172.16.1.0/24', 'web');
      await search('172.20.0.0-172.20.0.9', 'back');
      await search('subnet-0a1b2c3e', 'web');
      await search('othe', 'other');
      await search('team:net', 'corp');
    },
    'session/login-page.tsx, API token: cpam_…': async () => {
      const fresh = await browser.newContext();
      const login = await fresh.newPage();
      await login.goto(`${server.url}/login`);
      expect(TOKEN).toMatch(/^cpam_/);
      await login.getByPlaceholder('cpam_…', { exact: true }).fill(TOKEN);
      await login.getByRole('button', { name: 'Sign in', exact: true }).click();
      await login.getByRole('heading', { name: 'Dashboard' }).waitFor();
      await fresh.close();
    },
    'tags/tags-field.tsx: key': async () =>
      expect((await tagged()).tags).toEqual({ 'cost:center': 'a=b' }),
    'tags/tags-field.tsx: value': async () =>
      expect((await tagged()).tags).toEqual({ 'cost:center': 'a=b' }),
    'tags/tags-field.tsx: required by the pool': async () => {
      const { id } = await pool('other');
      await server.api.expect(
        200,
        server.api.patch(`/pools/${id}`, { rules: { required_tags: ['env'] } }),
      );
      const made = await allocated(
        'other',
        async () => {
          expect(await button('Allocate', dialog()).isDisabled()).toBe(true);
          await dialog().getByPlaceholder('required by the pool', { exact: true }).fill('prod');
        },
        'with what is required',
      );
      expect(made.tags).toEqual({ env: 'prod' });
    },
    'url/url-select.tsx: {label}': async () => {
      await offers('/discovery?tab=resources', 'Filter resources', ['Account', 'Region', 'Kind']);
      await offers('/pools', 'Filter pools', ['Kind', 'Status', 'Source', 'Account', 'Region']);
    },
    'vlan-groups/vlan-groups-page.tsx, VLAN ids: 1-4094': async () => {
      const made = await newRecord<{ name: string }>('vlan-groups', 'VLAN group', { Name: 'all' });
      expect(made).toContainEqual(expect.objectContaining({ name: 'all', vid_ranges: '1-4094' }));
    },
    'vlans/vlans-page.tsx, Group: fra1': async () => {
      const made = await newRecord('vlans', 'VLAN', {
        VID: '77',
        Name: 'of a group',
        Group: 'fra1',
      });
      expect(made).toContainEqual(expect.objectContaining({ vid: 77, group: 'fra1' }));
    },
    'vrfs/vrfs-page.tsx, Reachability domain: corporate': async () => {
      const made = await newRecord<{ id: number; reachability_domain: string | null }>(
        'vrfs',
        'VRF',
        { Name: 'of the company', 'Reachability domain': 'corporate' },
      );
      const vrf = made.find((each) => each.reachability_domain === 'corporate');
      await server.api.expect(200, server.api.delete(`/vrfs/${vrf?.id}`));
    },
    'vrfs/vrfs-page.tsx, Route distinguisher: 65000:1': async () => {
      const made = await newRecord<{ id: number; rd: string | null }>('vrfs', 'VRF', {
        Name: 'of a provider',
        'Route distinguisher': '65000:1',
      });
      const vrf = made.find(({ rd }) => rd === '65000:1');
      await server.api.expect(200, server.api.delete(`/vrfs/${vrf?.id}`));
    },
  };
}
