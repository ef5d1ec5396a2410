import type { Schemas } from '@cloudpam/api-client';
import { discoverRefusal, durationOf, isOpen, progressOf } from './collectors';

const AGENT: Schemas['Agent'] = {
  instance: 'a',
  name: 'fra',
  version: '1',
  providers: ['aws'],
  accounts: ['aws:1'],
  interval_seconds: null,
  status: 'online',
  first_seen_at: '2030-01-01T00:00:00Z',
  last_seen_at: '2030-01-01T00:00:00Z',
  job: null,
};
const JOB: Schemas['Job'] = {
  id: 1,
  account_id: 1,
  account_key: 'aws:1',
  status: 'running',
  requested_by: 'ada',
  requested_at: '2030-01-01T00:00:00Z',
  started_at: '2030-01-01T00:00:10Z',
  finished_at: null,
  agent: 'a',
  attempt: 1,
  scopes_done: 3,
  scopes_total: 12,
  message: '',
  error: null,
  counts: null,
};

it('starts a discovery only where an online agent lists the account', () => {
  expect(discoverRefusal([AGENT], 'aws:1')).toBeUndefined();
  expect(discoverRefusal([AGENT], 'aws:2')).toBe('No online agent lists this account.');
  expect(discoverRefusal([{ ...AGENT, status: 'offline' }], 'aws:1')).toBe(
    'The agent that lists it is offline: fra.',
  );
  expect(discoverRefusal([], 'aws:1')).toContain('No agent is online');
  expect(discoverRefusal(undefined, 'aws:1')).toContain('loading');
});

it('knows how far a job is once the agent does', () => {
  expect(progressOf(JOB)).toBe(0.25);
  expect(progressOf({ ...JOB, scopes_total: null })).toBeUndefined();
  expect(progressOf({ ...JOB, scopes_done: 0, scopes_total: 0 })).toBe(1);
});

it('measures a job to its end, or to now', () => {
  expect(durationOf(JOB, Date.parse('2030-01-01T00:00:40Z'))).toBe(30_000);
  expect(durationOf({ ...JOB, finished_at: '2030-01-01T00:00:11Z' }, 0)).toBe(1_000);
  expect(durationOf({ ...JOB, started_at: null }, 0)).toBeUndefined();
});

it('takes a job for open until it has ended', () => {
  expect(isOpen(JOB)).toBe(true);
  expect(isOpen({ ...JOB, status: 'cancelled' })).toBe(false);
});
