import type { Schemas } from '@cloudpam/api-client';
import { screen, waitFor, within } from '@testing-library/react';
import type { FakeApi } from '../testing/fake-api';
import { listOf, network, pool, resource, vrf } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { DecisionDialog } from './decision-dialog';
import { AnyDiscoveryDialog } from './discovery-dialog';
import { IsolateDialog, networkOf } from './isolate-dialog';

const DECISIONS = '/api/v1/discovery/decisions';
const ISOLATE = '/api/v1/discovery/networks/{id}/isolate';
const problem: Schemas['Problem'] = {
  type: 'about:blank',
  title: 'Overlaps',
  status: 409,
  detail: 'It overlaps pool 3.',
  instance: '/',
  code: 'pool_overlap',
  request_id: 'req-1',
};
const lab = resource();
const twin = resource({ id: 31, cidr: '10.78.0.0/16', name: 'twin' });
const managed = resource({ management: 'managed', pool_id: 40 });

let api: FakeApi;
const closed = jest.fn();
const done = jest.fn();
beforeEach(() => {
  closed.mockClear();
  done.mockClear();
  api = fakeApi()
    .on('get', '/api/v1/vrfs', listOf(vrf(), vrf({ id: 3, name: 'apart' })))
    .on('get', '/api/v1/pools/{id}', pool())
    .on('get', '/api/v1/discovery/resources', listOf(lab))
    .on('post', ISOLATE, { network: network(), moved_pools: 1, imported: 1, conflicts: 0 })
    .on('post', DECISIONS, {
      done: 1,
      refused: 0,
      results: [{ resource_id: 30, status: 'done', resource: managed }],
    });
});
afterEach(() => expect(api.unexpected).toEqual([]));

const decide = (
  decision: Schemas['Decision'],
  resources: readonly Schemas['Resource'][] = [lab],
  findings?: readonly Schemas['ResourceFindingType'][],
) =>
  show(
    <DecisionDialog
      decision={decision}
      resources={resources}
      findings={findings}
      onDone={done}
      onClose={closed}
    />,
  );

describe('AnyDiscoveryDialog', () => {
  it.each([
    ['Import 10.77.0.0/16 lab', { type: 'decide', decision: 'import', resources: [lab] }],
    [
      'Own VRF for aws:111122223333 vpc-1',
      { type: 'isolate', network: networkOf(lab), into: 'new' },
    ],
  ] as const)('is what was asked for: %s', async (title, dialog) => {
    show(<AnyDiscoveryDialog dialog={dialog} onClose={closed} />);
    expect(await screen.findByRole('dialog', { name: title })).toBeTruthy();
  });
});

describe('DecisionDialog', () => {
  it('shows by a dry run what will happen, and then does it', async () => {
    const user = decide('import');
    const preview = await screen.findByRole('table', { name: 'What will happen' });
    expect(await within(preview).findByText(/in VRF global/)).toBeTruthy();
    expect(api.made('post', DECISIONS)[0]?.query).toEqual({ mode: 'partial', dry_run: 'true' });
    await user.click(screen.getByRole('button', { name: 'Import' }));
    expect(await screen.findByText('Imported 10.77.0.0/16 lab')).toBeTruthy();
    expect(api.made('post', DECISIONS).at(-1)).toMatchObject({
      query: { mode: 'partial' },
      body: { decision: 'import', resource_ids: [30] },
    });
    expect([done.mock.calls.length, closed.mock.calls.length]).toEqual([1, 1]);
  });

  it('ignores a finding only with a reason, until a day', async () => {
    const user = decide('ignore', [lab], ['unmanaged']);
    const button = await screen.findByRole('button', { name: 'Ignore' });
    await screen.findByRole('table', { name: 'What will happen' });
    expect(button).toHaveProperty('disabled', true);
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), ' two labs ');
    await user.click(screen.getByRole('radio', { name: '1 week' }));
    await waitFor(() => expect(button).toHaveProperty('disabled', false));
    await user.click(button);
    await screen.findByText('Ignored 10.77.0.0/16 lab');
    expect(api.made('post', DECISIONS).at(-1)?.body).toEqual({
      decision: 'ignore',
      resource_ids: [30],
      findings: ['unmanaged'],
      reason: 'two labs',
      until: expect.stringMatching(/Z$/) as unknown,
    });
  });

  it('says what was refused of several, and why', async () => {
    api.on('post', DECISIONS, {
      done: 1,
      refused: 1,
      results: [
        { resource_id: 30, status: 'done', resource: managed },
        { resource_id: 31, status: 'refused', problem },
      ],
    });
    const user = decide('import', [lab, twin]);
    expect((await screen.findByText(/^1 resource of 2/)).textContent).toContain(
      '1 will be refused',
    );
    await user.click(screen.getByRole('button', { name: 'Import' }));
    const outcome = await screen.findByRole('dialog', { name: 'Imported 1, refused 1' });
    expect(within(outcome).getByText('It overlaps pool 3.')).toBeTruthy();
    await user.click(within(outcome).getAllByRole('button', { name: 'Close' }).at(-1)!);
    expect(closed).toHaveBeenCalled();
  });

  it('asks before it releases, beginning on Cancel', async () => {
    const orphan = resource({ sync_status: 'orphaned', pool_id: 7 });
    api.on('delete', '/api/v1/pools/{id}', {
      deleted: [],
      deleted_count: 1,
      addresses_deleted_count: 0,
      reparented_count: 0,
    });
    decide('release', [orphan]);
    const button = await screen.findByRole('button', { name: 'Release' });
    expect(button.getAttribute('type')).toBe('button');
    expect(document.activeElement?.textContent).toBe('Cancel');
  });

  it('says what went wrong with the preview', async () => {
    api.refuse('post', DECISIONS, 404, { code: 'resource_not_found', detail: 'It is gone.' });
    decide('import');
    expect((await screen.findByRole('alert')).textContent).toContain('It is gone.');
    expect(screen.getByRole('button', { name: 'Import' })).toHaveProperty('disabled', true);
  });
});

describe('IsolateDialog', () => {
  const isolate = (into: 'new' | 'existing') =>
    show(<IsolateDialog network={networkOf(lab)} into={into} onClose={closed} />);

  it('gives a network a new VRF, after it has shown what goes along', async () => {
    const user = isolate('new');
    const plan = await screen.findByRole('status', { name: 'What will happen' });
    expect(plan.textContent).toContain('1 pool moves to aws:111122223333 vpc-1');
    await user.click(screen.getByRole('button', { name: 'Give own VRF' }));
    expect(await screen.findByText('Moved vpc-1: 1 pool moved, 1 imported')).toBeTruthy();
    expect(api.made('post', ISOLATE).at(-1)).toMatchObject({
      query: {},
      body: { vrf_name: 'aws:111122223333 vpc-1' },
    });
  });

  it('says at the field that the name is taken', async () => {
    api.refuse('post', ISOLATE, 409, {
      code: 'vrf_exists',
      detail: 'There is one already.',
      errors: [{ field: 'vrf_name', code: 'taken', detail: 'There is one already.' }],
    });
    isolate('new');
    expect(await screen.findByText('There is one already.')).toBeTruthy();
    expect(
      screen.getByRole('textbox', { name: 'Name of the VRF' }).getAttribute('aria-invalid'),
    ).toBe('true');
  });

  it('moves it to a VRF that exists', async () => {
    const user = isolate('existing');
    const vrfs = await screen.findByRole('combobox', { name: 'VRF' });
    await waitFor(() => expect(vrfs).toHaveProperty('disabled', false));
    await user.click(vrfs);
    await user.click(await screen.findByRole('option', { name: 'apart' }));
    const button = screen.getByRole('button', { name: 'Move to VRF' });
    await waitFor(() => expect(button).toHaveProperty('disabled', false));
    await user.click(button);
    await screen.findByText(/^Moved vpc-1/);
    expect(api.made('post', ISOLATE).at(-1)?.body).toEqual({ vrf_id: 3 });
  });
});
