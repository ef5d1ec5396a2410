import { awsError, type Answer } from './double-answer';
import type { Call } from './double-call';
import { assumeRoleDenied } from './double-data';

/** What goes wrong. Everything is optional and deterministic. */
export interface DoubleFaults {
  /** Accounts whose role may not be assumed. */
  readonly deniedAccounts?: readonly string[];
  /** The share of all calls that is throttled, from 0 to below 1, evenly spread. */
  readonly throttledShare?: number;
  /** Regions whose EC2 takes calls and never answers. */
  readonly hangingRegions?: readonly string[];
  /** Regions whose EC2 answers with a web page. */
  readonly malformedRegions?: readonly string[];
  /**
   * How many calls of EC2 a session of an account serves before it is called expired; the sessions
   * of an account count from 1.
   */
  readonly sessionCalls?: (account: string, session: number) => number;
}

/**
 * Gives the answer of a fault, `hang` for none ever, or undefined for a call that nothing goes
 * wrong with.
 */
export function faultsOf(faults: DoubleFaults): (call: Call) => Answer | 'hang' | undefined {
  const served = new Map<string, number>();
  let calls = 0;
  return (call) => {
    const { service, action, region, account, accessKeyId, session, parameters } = call;
    calls++;
    const share = faults.throttledShare ?? 0;
    if (Math.floor(calls * share) > Math.floor((calls - 1) * share)) return throttle(call);
    const denied = faults.deniedAccounts ?? [];
    if (
      action === 'AssumeRole' &&
      denied.some((id) => parameters.get('RoleArn')?.includes(`::${id}:`))
    )
      return assumeRoleDenied(call);
    if (service !== 'ec2') return undefined;
    if (faults.hangingRegions?.includes(region)) return 'hang';
    if (faults.malformedRegions?.includes(region))
      return { status: 200, body: '<html><body>Welcome to the proxy</body></html>' };
    if (!faults.sessionCalls || session === undefined) return undefined;
    const count = (served.get(accessKeyId) ?? 0) + 1;
    served.set(accessKeyId, count);
    return count > faults.sessionCalls(account, session)
      ? awsError(service, 400, 'RequestExpired', 'Request has expired.')
      : undefined;
  };
}

function throttle({ service }: Call): Answer {
  switch (service) {
    case 'ec2':
      return awsError(service, 503, 'RequestLimitExceeded', 'Request limit exceeded.');
    case 'sts':
      return awsError(service, 400, 'Throttling', 'Rate exceeded');
    case 'organizations':
      return awsError(service, 400, 'TooManyRequestsException', 'Rate exceeded');
  }
}
