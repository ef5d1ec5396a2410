import { formatCidr } from '@cloudpam/cidr';
import type { CloudScope, ScopeSnapshot } from '@cloudpam/reconciliation';
import { GcpCloudNetworks, type GcpOptions } from './gcp-cloud-networks';
import {
  generatedProjects,
  googleError,
  googleStatus,
  json,
  startGcpDouble,
  type Answer,
  type DoubleProject,
  type GcpCall,
  type GcpDouble,
  type GcpDoubleSettings,
} from './testing';

const SCOPE: CloudScope = { provider: 'gcp', account: 'web-prod', region: 'global' };
const NO_WAIT = { attempts: 4, waitMs: 1 };
const link = (project: string): string =>
  `https://www.googleapis.com/compute/v1/projects/${project}`;
const network = (name: string, project = 'web-prod') => ({
  name,
  selfLink: `${link(project)}/global/networks/${name}`,
  autoCreateSubnetworks: false,
});
const subnet = (
  name: string,
  cidr: string,
  { project = 'web-prod', region = 'europe-west4' } = {},
) => ({
  name,
  selfLink: `${link(project)}/regions/${region}/subnetworks/${name}`,
  region: `${link(project)}/regions/${region}`,
  network: network('main', project).selfLink,
  ipCidrRange: cidr,
});
const WEB: DoubleProject = {
  projectId: 'web-prod',
  networks: ['main', 'other', 'third'].map((name) => network(name)),
  subnets: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24'].map(
    (cidr, at) => subnet(`s${at}`, cidr, { region: at % 2 ? 'us-east1' : 'europe-west4' }),
  ),
};
const html: Answer = {
  status: 200,
  body: '<html><body>Welcome to the proxy</body></html>',
  contentType: 'text/html',
};

describe('GcpCloudNetworks', () => {
  let double: GcpDouble;
  const start = async (
    interrupt?: (call: GcpCall) => Answer | 'hang' | undefined,
    settings: Partial<GcpDoubleSettings> = {},
  ): Promise<GcpDouble> => {
    double = await startGcpDouble({ projects: [WEB], interrupt, ...settings });
    return double;
  };
  const cloudOver = async (
    interrupt?: (call: GcpCall) => Answer | 'hang' | undefined,
    options: GcpOptions = {},
    settings: Partial<GcpDoubleSettings> = {},
  ): Promise<GcpCloudNetworks> => {
    const { rootUrl, auth } = await start(interrupt, settings);
    return new GcpCloudNetworks({
      rootUrl,
      auth: auth(),
      retry: NO_WAIT,
      quotaRetry: NO_WAIT,
      ...options,
    });
  };
  const read = async (
    interrupt?: (call: GcpCall) => Answer | 'hang' | undefined,
    options?: GcpOptions,
  ): Promise<ScopeSnapshot> => (await cloudOver(interrupt, options)).read(SCOPE);
  const isSubnetPage = (call: GcpCall, token: string): boolean =>
    call.method === 'subnetworks.aggregatedList' && call.parameters.get('pageToken') === token;
  afterEach(() => double.close());

  describe('with interfaces', () => {
    const zone = `${link('web-prod')}/zones/europe-west4-a`;
    const host = 'host-net';
    const instance = (name: string, nic: object) => ({
      name,
      selfLink: `${zone}/instances/${name}`,
      zone,
      networkInterfaces: [
        {
          name: 'nic0',
          network: network('main', host).selfLink,
          subnetwork: subnet('s0', '10.0.0.0/24', { project: host }).selfLink,
          ...nic,
        },
      ],
    });
    const project: DoubleProject = {
      ...WEB,
      instances: [
        instance('web-1', {
          networkIP: '10.0.0.9',
          ipv6Address: 'fd20:1::',
          internalIpv6PrefixLength: 96,
          aliasIpRanges: [{ ipCidrRange: '10.4.0.0/24', subnetworkRangeName: 'pods' }],
          accessConfigs: [{ natIP: '203.0.113.9' }, { name: 'none' }],
        }),
        instance('web-2', { networkIP: '10.0.0.10' }),
        instance('web-3', { networkIP: '10.0.0.11' }),
      ],
      addresses: [
        {
          name: 'db',
          selfLink: `${link('web-prod')}/regions/europe-west4/addresses/db`,
          region: `${link('web-prod')}/regions/europe-west4`,
          address: '10.0.0.20',
          subnetwork: subnet('s0', '10.0.0.0/24').selfLink,
          network: network('main').selfLink,
          users: [`${link('web-prod')}/regions/europe-west4/forwardingRules/db-lb`],
        },
        {
          name: 'peering',
          selfLink: `${link('web-prod')}/global/addresses/peering`,
          address: '10.9.0.0',
          prefixLength: 16,
          network: network('main').selfLink,
        },
      ],
    };
    const reading = async (interrupt?: (call: GcpCall) => Answer | 'hang' | undefined) =>
      (await cloudOver(interrupt, { interfaces: true }, { projects: [project] })).read(SCOPE);

    it('asks for none unless it is told to', async () => {
      expect(await read()).not.toHaveProperty('interfaces');
      expect(double.calls.map(({ method }) => method)).not.toContain('instances.aggregatedList');
    });

    it('lists the addresses of instances and reserved ones, with their network', async () => {
      const { addresses = [], ...snapshot } = await reading();
      expect(snapshot).toMatchObject({
        coverage: 'complete',
        interfaces: { coverage: 'complete' },
      });
      expect(
        addresses.map(({ kind, cidr, attachedTo, networkOwner, region }) => [
          kind,
          formatCidr(cidr),
          attachedTo,
          networkOwner,
          region,
        ]),
      ).toEqual([
        ['interface', '10.0.0.9/32', 'web-1', host, 'europe-west4'],
        ['interface', 'fd20:1::/96', 'web-1', host, 'europe-west4'],
        ['interface', '10.4.0.0/24', 'web-1', host, 'europe-west4'],
        ['external', '203.0.113.9/32', 'web-1', undefined, 'europe-west4'],
        ['interface', '10.0.0.10/32', 'web-2', host, 'europe-west4'],
        ['interface', '10.0.0.11/32', 'web-3', host, 'europe-west4'],
        ['static', '10.0.0.20/32', 'db-lb', 'web-prod', 'europe-west4'],
        ['static', '10.9.0.0/16', null, 'web-prod', 'global'],
      ]);
      const pages = double.calls.filter(({ method }) => method === 'instances.aggregatedList');
      expect(pages).toHaveLength(2);
      expect(pages[0]?.parameters.get('fields')).toContain('networkInterfaces(');
      expect(pages[0]?.parameters.get('returnPartialSuccess')).toBe('true');
    });

    it.each([
      ['instances.aggregatedList', 'failed', 0],
      ['addresses.aggregatedList', 'partial', 6],
    ])('is complete, but for interfaces, when %s is refused', async (method, coverage, count) => {
      const denied = googleError(403, 'forbidden', 'Required permission is missing');
      const snapshot = await reading((call) => (call.method === method ? denied : undefined));
      expect(snapshot).toMatchObject({
        coverage: 'complete',
        interfaces: { coverage, error: { code: 'forbidden' } },
        resources: { length: 5 },
        addresses: { length: count },
      });
      expect(snapshot).not.toHaveProperty('error');
    });

    it('is partial where Google did not reach a zone', async () => {
      const unreached = (call: GcpCall) =>
        call.method === 'addresses.aggregatedList'
          ? json({ kind: 'compute#addressAggregatedList', unreachables: ['regions/me-west1'] })
          : undefined;
      expect(await reading(unreached)).toMatchObject({
        coverage: 'complete',
        interfaces: { coverage: 'partial', error: { code: 'UNREACHABLE' } },
      });
    });
  });

  it('reads every page, in pages as large as Google allows, and asks for partial success', async () => {
    const snapshot = await read();
    expect(snapshot).toMatchObject({
      ...SCOPE,
      coverage: 'complete',
      networks: { length: 3 },
      resources: { length: 5 },
    });
    expect(
      double.calls.map(({ method, parameters }) => [
        method,
        ...['maxResults', 'returnPartialSuccess', 'pageToken'].map((name) => parameters.get(name)),
      ]),
    ).toEqual([
      ['networks.list', '500', 'true', null],
      ['networks.list', '500', 'true', '2'],
      ['subnetworks.aggregatedList', '500', 'true', null],
      ['subnetworks.aggregatedList', '500', 'true', '2'],
      ['subnetworks.aggregatedList', '500', 'true', '4'],
    ]);
  });

  it('gives what a project sees of a Shared VPC to the host project', async () => {
    const sharing = { ...WEB, subnets: [subnet('shared', '10.9.0.0/24', { project: 'host-net' })] };
    const snapshot = await (await cloudOver(undefined, {}, { projects: [sharing] })).read(SCOPE);
    expect(snapshot.resources).toMatchObject([
      { ownerAccount: 'host-net', networkExternalId: network('main', 'host-net').selfLink },
    ]);
  });

  it('keeps a subnetwork whose purpose nobody knows yet', async () => {
    const odd = {
      ...WEB,
      subnets: [{ ...subnet('odd', '10.9.0.0/24'), purpose: 'PURPOSE_OF_2031' }],
    };
    const snapshot = await (await cloudOver(undefined, {}, { projects: [odd] })).read(SCOPE);
    expect(snapshot).toMatchObject({
      coverage: 'complete',
      resources: [{ tags: { purpose: 'PURPOSE_OF_2031' } }],
    });
  });

  it.each(['rateLimitExceeded', 'userRateLimitExceeded'])(
    'waits for the quota after 403 %s, and is complete',
    async (reason) => {
      let refusals = 3;
      expect(
        await read(() =>
          refusals-- > 0 ? googleError(403, reason, 'Quota exceeded.') : undefined,
        ),
      ).toMatchObject({ coverage: 'complete', resources: { length: 5 } });
    },
  );

  it('waits by the policy for quotas after a quota, by the other one after an error that passes', async () => {
    const quota = await read(() => googleError(403, 'rateLimitExceeded', 'Quota exceeded.'), {
      quotaRetry: { attempts: 3, waitMs: 1 },
      retry: { attempts: 1, waitMs: 1 },
    });
    expect(quota).toMatchObject({
      coverage: 'failed',
      error: { code: 'rateLimitExceeded', message: 'Quota exceeded.' },
    });
    expect(double.calls).toHaveLength(3);
    await double.close();
    await read(() => googleStatus(503, 'UNAVAILABLE', 'Try later.'), {
      quotaRetry: { attempts: 1, waitMs: 1 },
      retry: { attempts: 2, waitMs: 1 },
    });
    expect(double.calls).toHaveLength(2);
  });

  it.each([
    ['429', googleStatus(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', 'RATE_LIMIT_EXCEEDED')],
    ['500', googleError(500, 'backendError', 'Backend Error')],
    ['a gateway', { status: 502, body: '<html>bad gateway</html>', contentType: 'text/html' }],
  ])('tries again after %s, and is complete', async (_title, answer) => {
    let failures = 2;
    expect(await read(() => (failures-- > 0 ? answer : undefined))).toMatchObject({
      coverage: 'complete',
    });
  });

  it.each([
    [
      'forbidden',
      googleError(
        403,
        'forbidden',
        "Required 'compute.networks.list' permission for 'projects/web-prod'",
      ),
    ],
    [
      'accessNotConfigured',
      googleError(
        403,
        'accessNotConfigured',
        'Compute Engine API has not been used in project web-prod before or it is disabled.',
      ),
    ],
    ['notFound', googleError(404, 'notFound', "The resource 'projects/web-prod' was not found")],
    [
      'SERVICE_DISABLED',
      googleStatus(403, 'PERMISSION_DENIED', 'The API is disabled.', 'SERVICE_DISABLED'),
    ],
    ['http_403', { status: 403, body: '<html>blocked</html>', contentType: 'text/html' }],
  ])('is failed with the reason %s at once', async (code, answer) => {
    const snapshot = await read(() => answer);
    expect(snapshot).toMatchObject({
      coverage: 'failed',
      error: { code },
      networks: [],
      resources: [],
    });
    const body = answer.body.startsWith('{')
      ? (JSON.parse(answer.body) as { error: { message: string } })
      : undefined; // as googleError writes it
    if (body) expect(snapshot.error?.message).toBe(body.error.message);
    expect(double.calls).toHaveLength(1);
  });

  it.each([
    [
      'http_403',
      {
        status: 403,
        body: '<html>blocked</html>',
        contentType: 'text/html',
        headers: { server: 'squid/5.7' },
      },
      'answered with status 403 by something that is not Google (squid/5.7): a proxy or ' +
        'gateway in between; let it pass these calls, or list the host in NO_PROXY',
    ],
    [
      'http_407',
      { status: 407, body: '' },
      'answered with status 407 by something that is not Google: the proxy asks for a user ' +
        'and a password; give them in HTTPS_PROXY, as http://user:password@host:port',
    ],
  ])('says with %s that something else has answered', async (code, answer, message) => {
    expect((await read(() => answer)).error).toEqual({ code, message });
    await double.close();
    await expect((await cloudOver(() => answer)).accounts()).rejects.toThrow(`${code}: ${message}`);
  });

  describe('a project that was named by hand', () => {
    const refused = ({ project }: GcpCall) =>
      project === 'web-prdo'
        ? googleError(403, 'forbidden', 'No such project, or no permission.')
        : undefined;
    const readOf = async (cloud: GcpCloudNetworks, account: string): Promise<ScopeSnapshot> =>
      cloud.read({ ...SCOPE, account });

    it('is said to be unproven while Google refuses all answers about it', async () => {
      const cloud = await cloudOver(refused, { projects: ['web-prod', 'web-prdo'] });
      expect(await cloud.accounts()).toEqual([
        { id: 'web-prod', unproven: true },
        { id: 'web-prdo', unproven: true },
      ]);
      expect(await readOf(cloud, 'web-prdo')).toMatchObject({
        coverage: 'failed',
        accountUnproven: true,
      });
      expect(await Promise.all(['web-prdo', 'web-prod'].map((id) => cloud.doubtOf(id)))).toEqual([
        { code: 'forbidden', message: 'No such project, or no permission.' },
        undefined,
      ]);
    });

    it('is proven by any answer about it, and by being found', async () => {
      const failing = ({ method }: GcpCall) =>
        method === 'subnetworks.aggregatedList' ? googleError(403, 'forbidden', 'No.') : undefined;
      const empty = { ...WEB, networks: [] };
      const named = await readOf(
        await cloudOver(failing, { projects: ['web-prod'] }, { projects: [empty] }),
        'web-prod',
      );
      await double.close();
      const found = await readOf(await cloudOver(refused), 'web-prdo');
      expect([named.coverage, found.coverage]).toEqual(['failed', 'failed']);
      for (const snapshot of [named, found]) expect(snapshot).not.toHaveProperty('accountUnproven');
    });
  });

  it('is partial with all that was listed when a later page is refused', async () => {
    const snapshot = await read((call) =>
      isSubnetPage(call, '4') ? googleError(403, 'forbidden', 'No.') : undefined,
    );
    expect(snapshot).toMatchObject({
      coverage: 'partial',
      error: { code: 'forbidden' },
      networks: { length: 3 },
      resources: { length: 4 },
    });
  });

  it('renews a token that ends between two pages, and goes on', async () => {
    let ends = 1;
    const snapshot = await read((call) => {
      if (isSubnetPage(call, '2') && ends-- > 0) {
        double.tokens.expireAll();
        return googleStatus(401, 'UNAUTHENTICATED', 'The token is no longer good.');
      }
      return undefined;
    });
    expect(snapshot).toMatchObject({ coverage: 'complete', resources: { length: 5 } });
  });

  it('is partial when a token that ended cannot be renewed', async () => {
    const snapshot = await read((call) => {
      if (!isSubnetPage(call, '2')) return undefined;
      double.tokens.expireAll();
      double.tokens.refuseAll();
      return googleStatus(401, 'UNAUTHENTICATED', 'The token is no longer good.');
    });
    expect(snapshot).toMatchObject({
      coverage: 'partial',
      error: { code: 'invalid_grant', message: expect.stringContaining('subject token') },
      resources: { length: 2 },
    });
  });

  it.each([
    ['a web page', html],
    ['nothing', { status: 200, body: '' }],
    ['a list', json([])],
    ['an object of something else', json({})],
    ['items of a wrong type', json({ kind: 'compute#networkList', items: 'none' })],
    [
      'JSON that ends early',
      { status: 200, body: '{"kind":"compute#networkList","items":[{"selfLink":"https:' },
    ],
    ['a page that leads to itself', json({ kind: 'compute#networkList', nextPageToken: 'again' })],
  ])(
    'is failed, never empty and complete, when the networks are answered with %s',
    async (_title, answer) => {
      expect(
        await read(({ method }) => (method === 'networks.list' ? answer : undefined)),
      ).toMatchObject({ coverage: 'failed', error: { code: 'malformed_answer' }, resources: [] });
    },
  );

  it.each([
    ['a web page', html],
    ['items that are a list', json({ kind: 'compute#subnetworkAggregatedList', items: [] })],
    [
      'a region without an object',
      json({ kind: 'compute#subnetworkAggregatedList', items: { 'regions/us-east1': 7 } }),
    ],
    [
      'subnetworks that are no list',
      json({
        kind: 'compute#subnetworkAggregatedList',
        items: { 'regions/us-east1': { subnetworks: 'none' } },
      }),
    ],
  ])('is partial when the subnetworks are answered with %s', async (_title, answer) => {
    expect(
      await read(({ method }) => (method === 'subnetworks.aggregatedList' ? answer : undefined)),
    ).toMatchObject({
      coverage: 'partial',
      error: { code: 'malformed_answer' },
      networks: { length: 3 },
      resources: [],
    });
  });

  it.each([
    [
      'a region of an answer',
      {
        items: {
          'regions/us-east1': { warning: { code: 'UNREACHABLE', message: 'us-east1 is down' } },
        },
      },
      { code: 'UNREACHABLE', message: 'regions/us-east1: us-east1 is down' },
    ],
    [
      'the whole of an answer',
      { items: {}, warning: { code: 'EXTERNAL_API_WARNING', message: 'not all' } },
      { code: 'EXTERNAL_API_WARNING', message: 'all regions: not all' },
    ],
    [
      'unreachables',
      { items: {}, unreachables: ['regions/us-east1', 'regions/us-west1'] },
      {
        code: 'UNREACHABLE',
        message: 'regions/us-east1 was not reached; regions/us-west1 was not reached',
      },
    ],
  ])(
    'is partial with the code and message of a warning about %s',
    async (_title, answer, error) => {
      const snapshot = await read(({ method }) =>
        method === 'subnetworks.aggregatedList'
          ? json({ kind: 'compute#subnetworkAggregatedList', ...answer })
          : undefined,
      );
      expect(snapshot).toMatchObject({ coverage: 'partial', error });
    },
  );

  it('is partial with the code timeout when a call hangs, and tells what it waited for before', async () => {
    const snapshot = await read((call) => (isSubnetPage(call, '2') ? 'hang' : undefined), {
      scopeTimeoutMs: 1_500,
    });
    expect(snapshot).toMatchObject({
      coverage: 'partial',
      error: { code: 'timeout', message: 'there was no answer within 1.5 s' },
      resources: { length: 2 },
    });
    await double.close();
    const waiting = await read(() => googleError(403, 'rateLimitExceeded', 'Quota exceeded.'), {
      scopeTimeoutMs: 1_500,
      quotaRetry: { attempts: 9, waitMs: 60_000 },
    });
    expect(waiting.error).toEqual({
      code: 'timeout',
      message: 'there was no answer within 1.5 s (before that rateLimitExceeded: Quota exceeded.)',
    });
  });

  it('is failed when nothing listens', async () => {
    const cloud = await cloudOver();
    await double.close();
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'failed',
      error: { code: 'ECONNREFUSED' },
    });
  });

  it('rejects at once when stopped between two tries, and while a call hangs', async () => {
    for (const answer of [
      googleError(403, 'rateLimitExceeded', 'Quota exceeded.'),
      'hang',
    ] as const) {
      const stop = new AbortController();
      const reason = new Error('stopped');
      const cloud = await cloudOver(
        () => {
          setImmediate(() => stop.abort(reason));
          return answer;
        },
        { quotaRetry: { attempts: 2, waitMs: 60_000 } },
      );
      await expect(cloud.read(SCOPE, stop.signal)).rejects.toBe(reason);
      await double.close();
    }
  });

  it('says when it began by the clock it is given', async () => {
    const began = new Date('2026-01-02T03:04:05Z');
    expect((await read(undefined, { now: () => began })).collectedAt).toEqual(began);
  });

  it('reads a generated estate to the last subnetwork', async () => {
    const cloud = await cloudOver(
      undefined,
      {},
      {
        projects: generatedProjects({ projects: 3, networksPerProject: 2, subnetsPerNetwork: 600 }),
        pageSize: 500,
      },
    );
    const accounts = await cloud.accounts();
    expect(accounts).toHaveLength(3);
    const snapshots = await Promise.all(
      accounts.map(({ id }) => cloud.read({ ...SCOPE, account: id })),
    );
    const cidrs = snapshots.flatMap(({ resources }) =>
      resources.map(({ cidr }) => formatCidr(cidr)),
    );
    expect(new Set(cidrs).size).toBe(3_600);
  });
});
