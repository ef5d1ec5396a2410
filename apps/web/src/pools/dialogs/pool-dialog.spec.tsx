import { screen } from '@testing-library/react';
import type { FakeApi } from '../../testing/fake-api';
import { pool } from '../../testing/samples';
import { fakeApi, show } from '../../testing/show';
import { DialogForm } from './dialog-form';
import { DeleteDialog } from './delete-dialog';
import { EditDialog } from './edit-dialog';
import { MergeDialog } from './merge-dialog';
import { AnyPoolDialog } from './pool-dialog';
import type { PoolDialog } from './pool-dialogs';
import { SplitDialog } from './split-dialog';

let api: FakeApi;
beforeEach(() => {
  api = fakeApi();
});
afterEach(() => expect(api.unexpected).toEqual([]));

const nothing = (): void => undefined;
const button = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('AnyPoolDialog', () => {
  it.each([
    ['New pool', { type: 'create' }],
    ['Allocate in 10.0.0.0/16 core', { type: 'allocate', pool: pool() }],
    ['Edit 10.0.0.0/16 core', { type: 'edit', pool: pool() }],
    ['Delete 10.0.0.0/16 core', { type: 'delete', pool: pool() }],
    ['Split 10.0.0.0/16 core', { type: 'split', pool: pool() }],
    ['Resize or move 10.0.0.0/16 core', { type: 'move', pool: pool() }],
    ['Merge 2 pools', { type: 'merge', pools: [pool(), pool({ id: 8 })] }],
  ] as const satisfies readonly (readonly [string, PoolDialog])[])(
    'is what was asked for: %s',
    async (title, dialog) => {
      api
        .on('post', '/api/v1/pools/{id}/allocations', { items: [] })
        .on('post', '/api/v1/pools/{id}/split', { items: [] })
        .on('post', '/api/v1/pools/merge', pool())
        .on('delete', '/api/v1/pools/{id}', {
          deleted: [],
          deleted_count: 1,
          addresses_deleted_count: 0,
          reparented_count: 0,
        });
      show(<AnyPoolDialog dialog={dialog} onClose={nothing} />);
      expect(await screen.findByRole('dialog', { name: title })).toBeTruthy();
    },
  );
});

describe('DeleteDialog', () => {
  const gone = { pool_id: 8, cidr: '10.0.1.0/24', name: 'web' };

  it('says what goes before it goes, with all below when that is asked for', async () => {
    api.on('delete', '/api/v1/pools/{id}', ({ query }) => ({
      deleted: query['cascade'] ? [gone] : [],
      deleted_count: query['cascade'] ? 2 : 1,
      addresses_deleted_count: 0,
      reparented_count: query['cascade'] ? 0 : 1,
    }));
    const user = show(<DeleteDialog pool={pool({ child_count: 1 })} onClose={nothing} />);
    const plan = await screen.findByRole('status', { name: 'What will be deleted' });
    expect(plan.textContent).toContain('1 child will move up to the parent.');
    await user.click(screen.getByRole('switch', { name: 'Delete everything below it, too' }));
    expect(await screen.findByText('10.0.1.0/24')).toBeTruthy();
    await user.click(button('Delete 2 pools'));
    expect(await screen.findByText('Deleted 2 pools')).toBeTruthy();
    expect(api.made('delete', '/api/v1/pools/{id}').map(({ query }) => query)).toEqual([
      { dry_run: 'true' },
      { cascade: 'true', dry_run: 'true' },
      { cascade: 'true' },
    ]);
  });

  it('says why a pool cannot go', async () => {
    api.refuse('delete', '/api/v1/pools/{id}', 409, { code: 'cloud_owned', detail: 'It lives.' });
    show(<DeleteDialog pool={pool()} onClose={nothing} />);
    expect((await screen.findByRole('alert')).textContent).toContain('It lives.');
    expect(button('Delete pool')).toHaveProperty('disabled', true);
  });
});

describe('EditDialog', () => {
  it('sends what differs, rules too, based on the version', async () => {
    api.on('patch', '/api/v1/pools/{id}', pool({ name: 'edge' }));
    const user = show(<EditDialog pool={pool()} onClose={nothing} />);
    const field = await screen.findByRole('textbox', { name: 'Name' });
    expect(button('Save')).toHaveProperty('disabled', true);
    await user.clear(field);
    await user.type(field, 'edge');
    await user.type(screen.getByRole('textbox', { name: 'Min prefix length' }), '20');
    await user.click(button('Save'));
    expect(await screen.findByText('Saved 10.0.0.0/16 edge')).toBeTruthy();
    const [call] = api.made('patch', '/api/v1/pools/{id}');
    expect(call?.headers.get('if-match')).toBe('"3"');
    expect(call?.body).toEqual({
      name: 'edge',
      rules: {
        min_prefix_length: 20,
        max_prefix_length: null,
        default_prefix_length: null,
        required_tags: [],
        quarantine_days: null,
      },
    });
  });

  it('says what is wrong with rules that no block can keep', async () => {
    const user = show(<EditDialog pool={pool()} onClose={nothing} />);
    await user.type(await screen.findByRole('textbox', { name: 'Max prefix length' }), '12');
    expect((await screen.findByRole('alert')).textContent).toContain('/12 does not.');
    expect(button('Save')).toHaveProperty('disabled', true);
  });
});

describe('MergeDialog', () => {
  it('shows what neighbours become, and merges them under a name', async () => {
    api.on('post', '/api/v1/pools/merge', pool({ cidr: '10.0.0.0/15' }));
    const pools = [pool(), pool({ id: 8, cidr: '10.1.0.0/16' })];
    const user = show(<MergeDialog pools={pools} onClose={nothing} />);
    expect(await screen.findByText('10.0.0.0/15')).toBeTruthy();
    const field = screen.getByRole('textbox', { name: 'Name of the merged pool' });
    await user.clear(field);
    await user.type(field, 'both{Enter}');
    expect(await screen.findByText('Merged 2 pools into 10.0.0.0/15')).toBeTruthy();
    expect(api.made('post', '/api/v1/pools/merge').at(-1)?.body).toEqual({
      pool_ids: [7, 8],
      name: 'both',
    });
  });
});

describe('SplitDialog', () => {
  it('shows the pieces and that the pool goes, and splits it', async () => {
    const pieces = [pool({ id: 8, cidr: '10.0.0.0/17' }), pool({ id: 9, cidr: '10.0.128.0/17' })];
    api.on('post', '/api/v1/pools/{id}/split', { items: pieces });
    const user = show(<SplitDialog pool={pool({ child_count: 2 })} onClose={nothing} />);
    expect(await screen.findByText('10.0.128.0/17')).toBeTruthy();
    expect(screen.getByText(/its 2 children go to the piece they lie in/)).toBeTruthy();
    await user.click(button('Split into 2'));
    expect(await screen.findByText('Split 10.0.0.0/16 into 2 pools')).toBeTruthy();
    expect(api.made('post', '/api/v1/pools/{id}/split').at(-1)).toMatchObject({
      query: {},
      body: { prefix_length: 17 },
    });
  });
});

describe('DialogForm', () => {
  const form = (ready: boolean) => {
    const submitted = jest.fn();
    const user = show(
      <DialogForm
        title="A form"
        action="Send"
        onSubmit={submitted}
        onClose={nothing}
        busy={false}
        ready={ready}
      >
        <input aria-label="Anything" />
      </DialogForm>,
    );
    return { user, submitted };
  };

  it('is sent by Enter', async () => {
    const { user, submitted } = form(true);
    await user.type(await screen.findByRole('textbox', { name: 'Anything' }), 'x{Enter}');
    expect(submitted).toHaveBeenCalledTimes(1);
  });

  it('is not sent while something is missing', async () => {
    const { user, submitted } = form(false);
    await user.type(await screen.findByRole('textbox', { name: 'Anything' }), 'x{Enter}');
    expect(submitted).not.toHaveBeenCalled();
  });
});
