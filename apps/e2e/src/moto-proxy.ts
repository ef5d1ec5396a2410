import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a call asks for: the action (`DescribeVpcs`), and the region that it was signed for. */
export interface MotoCall {
  readonly action: string;
  readonly region: string;
}

const PAGED: Readonly<Record<string, string>> = {
  DescribeVpcs: 'vpcSet',
  DescribeSubnets: 'subnetSet',
};
/** Smaller than any default VPC has subnets, so that every listing has several pages. */
const PAGE = 2;

/**
 * Stands between the collector and moto, for what AWS does and moto does not: it gives listings
 * page by page, lets regions refuse, and can write another word where a state stands.
 */
export class MotoProxy {
  /** Regions that answer no listing. */
  refused: readonly string[] = [];
  /** What becomes of an answer of EC2 before it is cut into pages. */
  rewrite: (xml: string, call: MotoCall) => string = (xml) => xml;
  /** How many pages were given after the first ones. */
  laterPages = 0;

  private constructor(private readonly moto: string) {}

  /** Starts it on a free port. */
  static async open(
    moto: string,
  ): Promise<{ readonly proxy: MotoProxy; readonly url: string; close(): Promise<void> }> {
    const proxy = new MotoProxy(moto);
    const server = createServer((request, response) => {
      proxy
        .answer(request, response)
        .catch((error: unknown) => response.writeHead(502).end(String(error)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const close = async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return { proxy, url: `http://127.0.0.1:${port}`, close };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding gives buffers
    const body = Buffer.concat(chunks);
    const asked = new URLSearchParams(body.toString());
    const call = { action: asked.get('Action') ?? '', region: regionOf(request) };
    const list = PAGED[call.action];
    if (list !== undefined && this.refused.includes(call.region)) {
      response.writeHead(403, { 'content-type': 'text/xml' }).end(refusal(call));
      return;
    }
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      ['host', 'connection', 'content-length'].includes(name) || value === undefined
        ? []
        : [[name, String(value)]],
    );
    const answer = await fetch(`${this.moto}${request.url ?? '/'}`, {
      method: 'POST',
      headers,
      body,
    });
    const text = await answer.text();
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/xml',
    });
    response.end(
      list === undefined
        ? text
        : this.pageOf(this.rewrite(mended(text), call), list, asked.get('NextToken')),
    );
  }

  private pageOf(xml: string, list: string, token: string | null): string {
    const [, head = '', content = '', tail = ''] =
      new RegExp(`^(.*?<${list}>)(.*)(</${list}>.*)$`, 's').exec(xml) ?? [];
    if (head === '') return xml;
    const items = itemsOf(content);
    const from = Number(token ?? 0);
    if (from > 0) this.laterPages++;
    const next = from + PAGE < items.length ? `<nextToken>${from + PAGE}</nextToken>` : '';
    return (
      head +
      items.slice(from, from + PAGE).join('') +
      tail.replace('<requestId>', `${next}<requestId>`)
    );
  }
}

/** Moto writes the state of a subnet's IPv6 block as Python prints it, which AWS does not. */
function mended(xml: string): string {
  return xml.replace(/\{'State': '(\w+)'\}/g, '$1');
}

/** The outermost `<item>`s; there are others within them. */
function itemsOf(xml: string): string[] {
  const items: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: tag, index } of xml.matchAll(/<item>|<\/item>/g)) {
    if (tag === '<item>' && depth++ === 0) start = index;
    if (tag === '</item>' && --depth === 0) items.push(xml.slice(start, index + tag.length));
  }
  return items;
}

/**
 * The third part of the credential's scope: `Credential=KEY/20260101/eu-west-1/ec2/aws4_request`.
 */
function regionOf({ headers }: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

function refusal({ action, region }: MotoCall): string {
  const message = `You are not authorized to perform this operation: ec2:${action} in ${region}`;
  return (
    '<Response><Errors><Error><Code>UnauthorizedOperation</Code>' +
    `<Message>${message}</Message></Error></Errors><RequestID>r-1</RequestID></Response>`
  );
}
