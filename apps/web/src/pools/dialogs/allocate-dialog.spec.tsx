import { screen, within } from '@testing-library/react';
import type { FakeApi } from '../../testing/fake-api';
import { pool } from '../../testing/samples';
import { fakeApi, show } from '../../testing/show';
import { AllocateDialog } from './allocate-dialog';

const PATH = '/api/v1/pools/{id}/allocations';
let api: FakeApi;
beforeEach(() => {
  api = fakeApi().on('post', PATH, { items: [pool({ id: 8, cidr: '10.0.0.0/24' })] });
});
afterEach(() => expect(api.unexpected).toEqual([]));

const open = async (
  props: Partial<Parameters<typeof AllocateDialog>[0]> = {},
): Promise<{ user: ReturnType<typeof show>; form: HTMLElement; closed: jest.Mock }> => {
  const closed = jest.fn();
  const user = show(<AllocateDialog pool={pool()} onClose={closed} {...props} />);
  return { user, closed, form: await screen.findByRole('dialog') };
};
const name = (form: HTMLElement): HTMLElement =>
  within(form).getByRole('textbox', { name: 'Name' });

describe('AllocateDialog', () => {
  it('shows by a dry run what it will take, and then takes it', async () => {
    const { user, form, closed } = await open();
    const preview = within(form).getByRole('status', { name: 'Will take' });
    expect(await within(preview).findByText('10.0.0.0/24')).toBeTruthy();
    expect(api.made('post', PATH).every(({ query }) => query['dry_run'] === 'true')).toBe(true);
    await user.type(name(form), 'web{Enter}');
    expect(await screen.findByText('Allocated 10.0.0.0/24 in core')).toBeTruthy();
    expect(closed).toHaveBeenCalled();
    const written = api.made('post', PATH).at(-1);
    expect(written?.query).toEqual({});
    expect(written?.headers.get('idempotency-key')).not.toBeNull();
    expect(written?.body).toMatchObject({
      name: 'web',
      kind: 'subnet',
      status: 'planned',
      prefix_length: 24,
      count: 1,
      strategy: 'first_fit',
    });
  });

  it('takes several blocks by another strategy', async () => {
    const { user, form } = await open();
    const many = within(form).getByRole('textbox', { name: 'How many' });
    await user.clear(many);
    await user.type(many, '3');
    await user.click(within(form).getByRole('combobox', { name: 'Strategy' }));
    await user.click(await screen.findByRole('option', { name: /^Last fit/ }));
    await user.type(name(form), 'web');
    await user.click(await within(form).findByRole('button', { name: 'Allocate 3 blocks' }));
    await screen.findByText(/^Allocated/);
    expect(api.made('post', PATH).at(-1)?.body).toMatchObject({ count: 3, strategy: 'last_fit' });
  });

  it('offers the largest free block when there is no room', async () => {
    api.refuse('post', PATH, 409, {
      code: 'pool_exhausted',
      detail: 'No /24 is free.',
      largest_free: '/26',
    });
    const { user, form } = await open();
    expect((await within(form).findByRole('alert')).textContent).toContain('No /24 is free.');
    expect(within(form).getByRole('button', { name: 'Allocate' })).toHaveProperty('disabled', true);
    await user.click(within(form).getByRole('button', { name: /^Take a \/26/ }));
    expect(within(form).getByRole('combobox', { name: 'Prefix length' })).toHaveProperty(
      'value',
      expect.stringContaining('/26') as unknown as string,
    );
  });

  it('makes a pool at the start of the gap that was pointed at', async () => {
    api.on('post', '/api/v1/pools', pool({ id: 8, cidr: '10.0.64.0/24' }));
    const { user, form } = await open({ gap: '10.0.64.0/18' });
    await user.type(name(form), 'web{Enter}');
    await screen.findByText('Allocated 10.0.64.0/24 in core');
    expect(api.made('post', '/api/v1/pools').at(-1)?.body).toMatchObject({
      cidr: '10.0.64.0/24',
      vrf_id: 1,
      parent_id: 7,
    });
  });

  it('asks for the tags that the rules of the pool require', async () => {
    const rules = {
      min_prefix_length: 20,
      max_prefix_length: 26,
      default_prefix_length: 22,
      required_tags: ['env'],
    };
    const { user, form } = await open({ pool: pool({ rules }) });
    expect(form.textContent).toContain('Rules of the pool: /20 to /26, usually /22; tag env');
    await user.type(name(form), 'web');
    expect(within(form).getByRole('button', { name: 'Allocate' })).toHaveProperty('disabled', true);
    await user.type(within(form).getByRole('textbox', { name: 'Tag 1 value' }), 'prod{Enter}');
    await screen.findByText(/^Allocated/);
    expect(api.made('post', PATH).at(-1)?.body).toMatchObject({
      prefix_length: 22,
      tags: { env: 'prod' },
    });
  });

  it('takes a block in a living subnet only when that is said on purpose', async () => {
    const { user, form } = await open({ pool: pool({ uncounted_hosts: true }) });
    await user.type(name(form), 'web{Enter}');
    expect(within(form).getByRole('button', { name: 'Allocate' })).toHaveProperty('disabled', true);
    await user.click(
      within(form).getByRole('checkbox', { name: /^Take a block in it all the same/ }),
    );
    await user.click(within(form).getByRole('button', { name: 'Allocate' }));
    await screen.findByText(/^Allocated/);
    expect(api.made('post', PATH).at(-1)?.body).toMatchObject({ accept_uncounted_hosts: true });
  });
});
