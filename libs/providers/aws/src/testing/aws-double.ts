import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkSigV4 } from './sigv4-check';
import { toXml } from './to-xml';

/** What a call is answered with in place of the account's data. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One signed call that the double has taken. */
export interface Call {
  readonly action: string;
  readonly region: string;
  readonly parameters: URLSearchParams;
}

export interface DoubleSettings {
  readonly account: string;
  /** By region; entries in the JSON shape of the AWS CLI. */
  readonly regions: { readonly [region: string]: { readonly vpcs: readonly object[]; readonly subnets: readonly object[] } };
  /** Entries a page, at most what the caller asks for. Default 2, so that every listing has pages. */
  readonly pageSize?: number;
  /** Called before the data is looked at; an answer from here is given instead. */
  readonly interrupt?: (call: Call) => Answer | undefined;
}

/** STS and EC2 of every region on one loopback port, as Query/XML. Refuses calls that are not signed. */
export interface AwsDouble {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly calls: readonly Call[];
  close(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'AKIDDOUBLE', secretAccessKey: 'secret-of-the-double' };
const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** Starts a double; the caller closes it. */
export async function startAwsDouble(settings: DoubleSettings): Promise<AwsDouble> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { status, body: answer } = answerTo(request, body, settings, calls);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, credentials: CREDENTIALS, calls, close };
}

/** EC2's error answer. */
export function ec2Error(status: number, code: string, message: string): Answer {
  return { status, body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r-1</RequestID></Response>` };
}

function answerTo(request: IncomingMessage, body: string, settings: DoubleSettings, calls: Call[]): Answer {
  const parameters = new URLSearchParams(body);
  const action = parameters.get('Action') ?? '';
  const signed = checkSigV4(request, body, CREDENTIALS.secretAccessKey);
  const service = action === 'GetCallerIdentity' ? 'sts' : 'ec2';
  if (signed?.accessKeyId !== CREDENTIALS.accessKeyId || signed.service !== service) {
    return ec2Error(401, 'AuthFailure', 'the request is not signed as it must be');
  }
  const call: Call = { action, region: signed.region, parameters };
  calls.push(call);
  return settings.interrupt?.(call) ?? answerWithData(call, settings);
}

function answerWithData({ action, region, parameters }: Call, settings: DoubleSettings): Answer {
  switch (action) {
    case 'GetCallerIdentity':
      return {
        status: 200,
        body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${settings.account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      };
    case 'DescribeRegions':
      return listed(action, 'regionInfo', Object.keys(settings.regions).map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })));
    case 'DescribeVpcs':
      return page(action, 'vpcSet', settings.regions[region]?.vpcs, parameters, settings.pageSize ?? 2);
    case 'DescribeSubnets':
      return page(action, 'subnetSet', settings.regions[region]?.subnets, parameters, settings.pageSize ?? 2);
    default:
      return ec2Error(400, 'InvalidAction', `the double does not know ${action}`);
  }
}

function page(action: string, set: string, items: readonly object[] | undefined, parameters: URLSearchParams, limit: number): Answer {
  if (!items) return ec2Error(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials');
  const start = Number(parameters.get('NextToken') ?? '0');
  const end = start + Math.min(limit, Number(parameters.get('MaxResults') ?? limit));
  return listed(action, set, items.slice(start, end), end < items.length ? `<nextToken>${end}</nextToken>` : '');
}

function listed(action: string, set: string, items: readonly object[], rest = ''): Answer {
  const entries = items.map((item) => `<item>${toXml(item)}</item>`).join('');
  return { status: 200, body: `<${action}Response xmlns="${NAMESPACE}"><${set}>${entries}</${set}>${rest}</${action}Response>` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so chunks are buffers
  return Buffer.concat(chunks).toString('utf8');
}
