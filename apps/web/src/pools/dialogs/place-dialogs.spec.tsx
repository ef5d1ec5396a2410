import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../../testing/fake-api';
import { listOf, pool, vrf } from '../../testing/samples';
import { fakeApi, show } from '../../testing/show';
import { MoveDialog } from './move-dialog';
import { NewPoolDialog } from './new-pool-dialog';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('get', '/api/v1/vrfs', listOf(vrf(), vrf({ id: 3, name: 'lab' })));
});
afterEach(() => expect(api.unexpected).toEqual([]));

const nothing = (): void => undefined;
const cidr = (form: HTMLElement): HTMLElement =>
  within(form).getByRole('textbox', { name: 'CIDR' });

describe('NewPoolDialog', () => {
  it('says where the pool will lie and what it takes in, and creates it', async () => {
    api
      .on('post', '/api/v1/pools', pool({ id: 9, cidr: '10.1.0.0/16', name: 'new', parent_id: 7 }))
      .on('get', '/api/v1/pools', listOf(pool({ id: 10, cidr: '10.1.1.0/24', name: 'old' })));
    const user = show(<NewPoolDialog parent={pool({ cidr: '10.0.0.0/8' })} onClose={nothing} />);
    const form = await screen.findByRole('dialog', { name: 'New pool in 10.0.0.0/8 core' });
    await user.type(cidr(form), '10.1.0.0/16');
    expect(await within(form).findByText(/will lie in 10\.0\.0\.0\/8 core/)).toBeTruthy();
    expect(await within(form).findByText(/10\.1\.1\.0\/24/)).toBeTruthy();
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'new{Enter}');
    expect(await screen.findByText('Created 10.1.0.0/16 new')).toBeTruthy();
    expect(api.made('post', '/api/v1/pools').at(-1)).toMatchObject({
      query: {},
      body: { cidr: '10.1.0.0/16', name: 'new', vrf_id: 1, kind: 'subnet' },
    });
  });

  it('says by itself what is no CIDR, and asks nothing', async () => {
    const user = show(<NewPoolDialog onClose={nothing} />);
    const form = await screen.findByRole('dialog', { name: 'New pool' });
    await user.type(cidr(form), '10.0.1.0/16');
    expect(await within(form).findByText(/10\.0\.0\.0\/16/)).toBeTruthy();
    expect(cidr(form).getAttribute('aria-invalid')).toBe('true');
    expect(api.made('post', '/api/v1/pools')).toEqual([]);
  });

  it('names the pools in the way', async () => {
    api.refuse('post', '/api/v1/pools', 409, {
      code: 'pool_overlap',
      detail: 'It overlaps a pool.',
      conflicts: [{ pool_id: 12, cidr: '10.0.0.0/15', name: 'wide' }],
    });
    const user = show(<NewPoolDialog onClose={nothing} />);
    const form = await screen.findByRole('dialog');
    await user.type(cidr(form), '10.0.0.0/16');
    const link = await within(form).findByRole('link', { name: '10.0.0.0/15 wide' });
    expect(link.getAttribute('href')).toBe('/pools/12');
  });
});

describe('MoveDialog', () => {
  const PATH = '/api/v1/pools/{id}/move';

  it('says what will become of the pool, and moves it with what is below', async () => {
    api.on('post', PATH, { ...pool({ cidr: '10.8.0.0/16', parent_id: 2 }), moved_count: 3 });
    const user = show(<MoveDialog pool={pool()} onClose={nothing} />);
    const form = await screen.findByRole('dialog', { name: 'Resize or move 10.0.0.0/16 core' });
    expect(within(form).getByRole('button', { name: 'Change CIDR' })).toHaveProperty(
      'disabled',
      true,
    );
    await user.clear(cidr(form));
    await user.type(cidr(form), '10.8.0.0/16');
    await user.click(within(form).getByRole('checkbox', { name: /^With everything below it/ }));
    expect(
      await within(form).findByText(
        '10.0.0.0/16 will become 10.8.0.0/16, under another parent, with 2 pools below it.',
      ),
    ).toBeTruthy();
    await user.click(within(form).getByRole('button', { name: 'Change CIDR' }));
    expect(await screen.findByText('10.0.0.0/16 is now 10.8.0.0/16')).toBeTruthy();
    expect(api.made('post', PATH).at(-1)).toMatchObject({
      query: {},
      body: { cidr: '10.8.0.0/16', with_children: true },
    });
  });

  it('takes the pool to another VRF', async () => {
    api.on('post', PATH, pool({ vrf_id: 3 }));
    const user = show(<MoveDialog pool={pool()} onClose={nothing} />);
    const form = await screen.findByRole('dialog');
    await user.click(within(form).getByRole('combobox', { name: 'VRF' }));
    await user.click(await screen.findByRole('option', { name: 'lab' }));
    await within(form).findByText(/will become/);
    expect(api.made('post', PATH).at(-1)?.body).toEqual({
      cidr: '10.0.0.0/16',
      vrf_id: 3,
      with_children: false,
    });
  });

  it('says what is in the way', async () => {
    api.refuse('post', PATH, 409, { code: 'would_orphan_children', detail: 'Children stay out.' });
    const user = show(<MoveDialog pool={pool()} onClose={nothing} />);
    const form = await screen.findByRole('dialog');
    await user.clear(cidr(form));
    await user.type(cidr(form), '10.0.0.0/17');
    expect((await within(form).findByRole('alert')).textContent).toContain('Children stay out.');
  });
});
