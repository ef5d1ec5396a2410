import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { parseCidr } from '@cloudpam/cidr';
import { PostEvent } from './post-event';
import { RefusedTarget, TargetGuard, type Resolve } from './target-guard';

/** Literal targets, as people who mean harm write them. */
const REFUSED_URLS = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://127.255.255.254:8080/',
  'http://2130706433/',
  'http://017700000001/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://0x7f.1/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://%31%32%37.0.0.1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://10.0.0.1/',
  'http://167772161/',
  'http://10.255.255.255/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://169.254.170.2/v2/credentials',
  'http://168.63.129.16/machine?comp=goalstate',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.0.0.192/',
  'http://192.0.2.1/',
  'http://192.88.99.1/',
  'http://192.168.0.1/',
  'http://198.18.0.1/',
  'http://198.51.100.7/',
  'http://203.0.113.7/',
  'http://224.0.0.1/',
  'http://239.255.255.250:1900/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a00:1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://[2001:0:a00:1::f5ff:fffe]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[4000::1]/',
  'http://[5f00::1]/',
  'https://ada:secret@example.com/',
  'https://ada@example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'unix:/var/run/docker.sock',
  'javascript:alert(1)',
  'example.com/hook',
  '//example.com/hook',
  '',
];
const REFUSED_ANSWERS = [
  '127.0.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '10.1.2.3',
  '::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a9fe:a9fe',
  'fd00:ec2::254',
  '2002:7f00:1::',
];

const answering =
  (...rounds: string[][]): Resolve =>
  (_, __, callback) => {
    const addresses = (rounds.length > 1 ? rounds.shift() : rounds[0]) ?? [];
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    callback(null, found);
  };
const posting = (guard: TargetGuard): PostEvent => new PostEvent(guard, () => new Date(), 2_000);

describe('the targets of webhooks', () => {
  let server: Server;
  let port = 0;
  let requests = 0;
  const posters: PostEvent[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests++;
      if (request.url === '/away')
        response.writeHead(302, { location: 'http://169.254.169.254/latest/' });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port; // it listens on a port
  });
  beforeEach(() => (requests = 0));
  afterAll(async () => {
    await Promise.all(posters.map((each) => each.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const post = async (guard: TargetGuard, url: string) => {
    const poster = posting(guard);
    posters.push(poster);
    return poster.post(url, {}, '{}');
  };

  it.each(REFUSED_URLS)('are not %s', async (url) => {
    const guard = new TargetGuard([]);
    expect(() => guard.checkUrl(url)).toThrow(RefusedTarget);
    expect(await post(guard, url)).toMatchObject({ httpStatus: null, error: expect.any(String) });
  });

  it.each([
    'https://example.com/hook?a=1',
    'http://8.8.8.8:8080/',
    'http://[2606:4700::1111]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[64:ff9b::808:808]/',
  ])('are %s', (url) => {
    expect(new TargetGuard([]).checkUrl(url)).toBeInstanceOf(URL);
  });

  it.each(REFUSED_ANSWERS)('are not a name that leads to %s', async (address) => {
    const attempt = await post(
      new TargetGuard([], answering([address])),
      `http://hooks.example.com:${port}/`,
    );
    expect([attempt.httpStatus, attempt.error, requests]).toEqual([
      null,
      `The address ${address} is not public, and WEBHOOK_ALLOW does not have it.`,
      0,
    ]);
  });

  it('are not a name of which one address of several is refused', async () => {
    const guard = new TargetGuard([], answering(['8.8.8.8', '127.0.0.1']));
    expect(await post(guard, `http://hooks.example.com:${port}/`)).toMatchObject({
      httpStatus: null,
      error: expect.stringContaining('127.0.0.1'),
    });
  });

  it('are judged at each connection: a name that was public and is not any more is refused', async () => {
    const loopback = parseCidr('127.0.0.0/8');
    const once = answering(['127.0.0.1'], ['169.254.169.254']);
    const guard = new TargetGuard([loopback], once);
    const url = `http://hooks.example.com:${port}/`;
    expect(await post(guard, url)).toMatchObject({ httpStatus: 200 });
    expect(await post(guard, url)).toMatchObject({
      httpStatus: null,
      error: expect.stringContaining('169.254.169.254'),
    });
    expect(requests).toBe(1);
  });

  it('are judged by the address that was reached, whatever was said before', async () => {
    const guard = new TargetGuard([parseCidr('127.0.0.0/8')]);
    let asked = 0;
    jest.spyOn(guard, 'checkAddress').mockImplementation((address) => {
      if (++asked > 2) throw new RefusedTarget(`${address} was reached`);
    });
    expect(await post(guard, `http://127.0.0.1:${port}/`)).toMatchObject({
      error: '127.0.0.1 was reached',
    });
    expect(requests).toBe(0);
  });

  it('are not where a redirect leads to', async () => {
    const guard = new TargetGuard([parseCidr('127.0.0.0/8')]);
    expect(await post(guard, `http://127.0.0.1:${port}/away`)).toMatchObject({
      httpStatus: 302,
      error: 'HTTP 302: redirects are not followed',
    });
    expect(requests).toBe(1);
  });

  it('are what the operator allows, and nothing beside it', async () => {
    const guard = new TargetGuard([parseCidr('127.0.0.1/32'), parseCidr('fd00::/8')]);
    expect(await post(guard, `http://127.0.0.1:${port}/`)).toMatchObject({ error: null });
    expect(() => guard.checkUrl('http://127.0.0.2/')).toThrow(RefusedTarget);
    expect(guard.checkUrl('http://[fd12::1]/').hostname).toBe('[fd12::1]');
    // What is wrapped is the address in it.
    expect(guard.checkUrl('http://[::ffff:127.0.0.1]/').hostname).toBe('[::ffff:7f00:1]');
  });

  it('are reached without the proxy of the environment', async () => {
    const before = process.env['HTTP_PROXY'];
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1/';
    try {
      const guard = new TargetGuard([parseCidr('127.0.0.0/8')]);
      expect(await post(guard, `http://127.0.0.1:${port}/`)).toMatchObject({ httpStatus: 200 });
    } finally {
      if (before === undefined) delete process.env['HTTP_PROXY'];
      else process.env['HTTP_PROXY'] = before;
    }
  });
});
