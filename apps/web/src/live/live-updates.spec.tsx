import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { vrfsApi } from '../api/vrfs';
import type { FakeApi, FakeStream } from '../testing/fake-api';
import { listOf, me, vrf } from '../testing/samples';
import { fakeApi, show } from '../testing/show';
import { LiveUpdates } from './live-updates';
import { touchedBy } from './touched-queries';

let api: FakeApi;
let stream: FakeStream;
beforeEach(() => {
  api = fakeApi();
  stream = api.stream('/api/v1/events/stream');
  hide(false);
});
afterEach(() => expect(api.unexpected).toEqual([]));

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

function Names() {
  const { data } = useQuery({
    queryKey: ['vrfs', 'all'],
    queryFn: ({ signal }) => vrfsApi.list({}, signal),
    staleTime: Infinity,
  });
  const [text, setText] = useState('');
  return (
    <>
      <ul>
        {data?.items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <input aria-label="Note" value={text} onChange={(event) => setText(event.target.value)} />
      <LiveUpdates />
    </>
  );
}

const changed = (entity: string): object => ({ data: { entity_type: entity, entity_id: '1' } });
const listed = (): number => api.made('get', '/api/v1/vrfs').length;

/** Connected, with what was read before read once more. */
async function live(): Promise<void> {
  await waitFor(() => expect(stream.size).toBe(1), { timeout: 3_000 });
  await waitFor(() => expect(listed()).toBeGreaterThan(1), { timeout: 3_000 });
}

describe('LiveUpdates', () => {
  it('shows what others change, and leaves focus and what is typed where it is', async () => {
    const user = show(<Names />);
    await live();
    const note = screen.getByRole('textbox', { name: 'Note' });
    await user.type(note, 'half a sen');
    api.on('get', '/api/v1/vrfs', listOf(vrf({ name: 'renamed by someone' })));
    stream.send(changed('vrf'));
    await screen.findByText('renamed by someone', undefined, { timeout: 3_000 });
    expect(document.activeElement).toBe(note);
    expect((note as HTMLInputElement).value).toBe('half a sen');
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('reads once for many events, and not for what does not show here', async () => {
    show(<Names />);
    await live();
    const before = listed();
    stream.send(changed('token'));
    for (let at = 0; at < 50; at += 1) stream.send(changed('vrf'));
    await waitFor(() => expect(listed()).toBe(before + 1), { timeout: 3_000 });
    stream.send(changed('token'));
    stream.send(changed('vrf'));
    await waitFor(() => expect(listed()).toBe(before + 2), { timeout: 3_000 });
  });

  it('says that the connection is lost, and reads everything anew when it is back', async () => {
    show(<Names />);
    await live();
    api.refuse('get', '/api/v1/events/stream', 503, { code: 'database_unavailable' });
    act(() => stream.end());
    await screen.findByText(/^Not connected/, undefined, { timeout: 4_000 });
    api.on('get', '/api/v1/vrfs', listOf(vrf({ name: 'meanwhile' })));
    stream = api.stream('/api/v1/events/stream');
    await screen.findByText('meanwhile', undefined, { timeout: 10_000 });
    expect(screen.getByRole('status').textContent).toBe('Connected again');
  }, 20_000);

  it('does not listen for who may not', async () => {
    api.on('get', '/api/v1/me', me({ permissions: ['self:read', 'vrfs:read'] }));
    show(<Names />);
    await waitFor(() => expect(api.made('get', '/api/v1/me')).toHaveLength(1));
    expect(api.made('get', '/api/v1/events/stream')).toEqual([]);
  });

  it('does not listen in a tab that was never looked at, and begins when it is', async () => {
    hide(true);
    show(<Names />);
    await screen.findByText(vrf().name);
    expect(stream.size).toBe(0);
    hide(false);
    await waitFor(() => expect(stream.size).toBe(1), { timeout: 3_000 });
  });
});

describe('touchedBy', () => {
  it('names what shows a thing, and the audit trail and dashboard for any', () => {
    expect([...touchedBy(new Set(['token']))].sort()).toEqual(['audit', 'dashboard', 'tokens']);
    expect(touchedBy(new Set(['pool', 'vlan']))).toContain('vlan-groups');
  });

  it('takes what a newer server tells of', () => {
    expect([...touchedBy(new Set(['robot' as 'pool']))]).toEqual(['audit', 'dashboard']);
  });
});
