import type { IncomingMessage } from 'node:http';
import { awsError, type Answer, type AwsService } from './double-answer';
import type { DoubleSessions } from './double-sessions';
import { checkSigV4 } from './sigv4-check';

/**
 * One call that the double has taken: signed as it must be, or one of those that need no signature.
 */
export interface Call {
  readonly service: AwsService;
  readonly action: string;
  readonly region: string;
  /** Whose credentials it is signed with; empty without a signature. */
  readonly account: string;
  readonly accessKeyId: string;
  /** Which of the sessions handed out for the account, from 1; undefined for a long-term key. */
  readonly session?: number;
  readonly parameters: URLSearchParams;
}

const STS_ACTIONS = ['AssumeRole', 'AssumeRoleWithWebIdentity', 'GetCallerIdentity'];
const UNSIGNED = 'AssumeRoleWithWebIdentity';

/**
 * Reads a request as AWS would: Query/XML or JSON 1.1, its signature checked. Gives the refusal
 * when it is not good.
 */
export function callOf(
  request: IncomingMessage,
  body: string,
  sessions: DoubleSessions,
): { readonly call: Call } | { readonly refusal: Answer } {
  const target = request.headers['x-amz-target'];
  const parameters = target === undefined ? new URLSearchParams(body) : jsonParameters(body);
  const action =
    typeof target === 'string'
      ? target.slice(target.indexOf('.') + 1)
      : (parameters.get('Action') ?? '');
  const service: AwsService =
    target !== undefined ? 'organizations' : STS_ACTIONS.includes(action) ? 'sts' : 'ec2';
  if (action === UNSIGNED)
    return { call: { service, action, region: '', account: '', accessKeyId: '', parameters } };

  const accessKeyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const key = sessions.known(accessKeyId);
  const signed = key && checkSigV4(request, body, key.secretAccessKey);
  if (
    !signed ||
    signed.service !== service ||
    request.headers['x-amz-security-token'] !== key.sessionToken
  ) {
    const [status, code] = service === 'ec2' ? [401, 'AuthFailure'] : [403, 'InvalidClientTokenId'];
    return { refusal: awsError(service, status, code, 'the request is not signed as it must be') };
  }
  return {
    call: {
      service,
      action,
      region: signed.region,
      account: key.account,
      accessKeyId,
      session: key.session,
      parameters,
    },
  };
}

function jsonParameters(body: string): URLSearchParams {
  const fields = Object.entries(JSON.parse(body || '{}') as object); // a JSON 1.1 body is an object
  return new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, String(value)]),
  );
}
