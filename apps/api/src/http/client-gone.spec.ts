import type { ArgumentsHost } from '@nestjs/common';
import { readConfig } from '../config/config';
import { ErrorReports } from './error-reports';
import { ProblemFilter } from './problem-filter';

/** A request, and an answer of which nothing was sent when its connection was as given. */
function host(destroyed: boolean, logged: string[]): ArgumentsHost {
  const request = {
    url: '/api/v1/pools',
    method: 'GET',
    id: 'gone',
    routeOptions: { url: '/api/v1/pools' },
    log: { error: (_: unknown, text: string) => logged.push(text) },
  };
  const reply = { sent: true, raw: { destroyed } };
  return {
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
  } as unknown as ArgumentsHost; // what the filter asks of it
}

describe('an answer whose stream is closed before it begins', () => {
  const closed = Object.assign(new Error('Premature close'), {
    code: 'ERR_STREAM_PREMATURE_CLOSE',
  });
  let reports: ErrorReports;
  let reported: jest.SpyInstance;
  beforeEach(() => {
    reports = new ErrorReports(readConfig({ DATABASE_URL: 'memory:' }));
    reported = jest.spyOn(reports, 'report');
  });

  it.each([
    ['is no failure when its client has gone', true, 0],
    ['is a failure while its client waits', false, 1],
  ])('%s', (_, gone, times) => {
    const logged: string[] = [];
    new ProblemFilter(reports).catch(closed, host(gone, logged));
    expect(logged).toHaveLength(times);
    expect(reported).toHaveBeenCalledTimes(times);
  });

  it('leaves other failures what they are', () => {
    const logged: string[] = [];
    new ProblemFilter(reports).catch(new Error('broken'), host(true, logged));
    expect(logged).toEqual(['request failed']);
  });
});
