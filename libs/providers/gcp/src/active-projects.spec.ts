import { GcpCloudNetworks, type GcpOptions } from './gcp-cloud-networks';
import {
  googleError,
  googleStatus,
  json,
  startGcpDouble,
  type Answer,
  type DoubleProject,
  type GcpCall,
  type GcpDouble,
} from './testing';

const project = (
  projectId: string,
  parent: string,
  more: Partial<DoubleProject> = {},
): DoubleProject => ({ projectId, parent, networks: [], subnets: [], ...more });
const PROJECTS = [
  project('web-prod', 'folders/10', { displayName: 'Web (production)' }),
  project('data-prod', 'folders/11'),
  project('lab', 'organizations/1'),
  project('old', 'folders/10', { state: 'DELETE_REQUESTED' }),
  project('elsewhere', 'folders/99'),
];
const FOLDERS = [
  { name: 'folders/10', parent: 'organizations/1' },
  { name: 'folders/12', parent: 'organizations/1' },
  { name: 'folders/13', parent: 'organizations/1' },
  { name: 'folders/11', parent: 'folders/10' },
];

describe('the projects of GcpCloudNetworks', () => {
  let double: GcpDouble;
  const cloudOver = async (
    options: GcpOptions = {},
    interrupt?: (call: GcpCall) => Answer | undefined,
  ): Promise<GcpCloudNetworks> => {
    double = await startGcpDouble({ projects: PROJECTS, folders: FOLDERS, interrupt });
    return new GcpCloudNetworks({
      rootUrl: double.rootUrl,
      auth: double.auth(),
      retry: { attempts: 2, waitMs: 1 },
      quotaRetry: { attempts: 4, waitMs: 1 },
      ...options,
    });
  };
  const idsOver = async (options?: GcpOptions): Promise<string[]> =>
    (await (await cloudOver(options)).accounts()).map(({ id }) => id);
  afterEach(() => double.close());

  it('are all active ones that the credentials see, with the names that people gave them', async () => {
    expect(await (await cloudOver()).accounts()).toEqual([
      { id: 'data-prod' },
      { id: 'elsewhere' },
      { id: 'lab' },
      { id: 'web-prod', name: 'Web (production)' },
    ]);
    expect(double.calls.map(({ parameters }) => parameters.get('pageToken'))).toEqual([
      null,
      '2',
      '4',
    ]);
  });

  it('are the given ones, each once, without a call', async () => {
    expect(await idsOver({ projects: ['b', 'a', 'b'] })).toEqual(['b', 'a']);
    expect(double.calls).toEqual([]);
  });

  it('of an organization are those directly in it and in its folders at any depth', async () => {
    expect(await idsOver({ parent: 'organizations/1' })).toEqual(['data-prod', 'lab', 'web-prod']);
    expect(
      double.calls
        .filter(({ method }) => method === 'folders.list')
        .map(({ parameters }) => [parameters.get('parent'), parameters.get('pageToken')]),
    ).toEqual(
      expect.arrayContaining([
        ['organizations/1', null],
        ['organizations/1', '2'],
        ['folders/10', null],
        ['folders/11', null],
        ['folders/12', null],
        ['folders/13', null],
      ]),
    );
  });

  it('of a folder do not include those of the folders beside it', async () => {
    expect(await idsOver({ parent: 'folders/11' })).toEqual(['data-prod']);
  });

  it('are searched by the given query as it is, below the parent', async () => {
    expect(await idsOver({ parent: 'folders/10', query: 'labels.env:prod' })).toEqual([
      'data-prod',
      'web-prod',
    ]);
    expect(
      double.calls
        .filter(({ method }) => method === 'projects.search')
        .map(({ parameters }) => parameters.get('query')),
    ).toEqual(Array(3).fill('labels.env:prod'));
  });

  it('have one scope each', async () => {
    expect(await (await cloudOver()).scopes('web-prod')).toEqual([
      { provider: 'gcp', account: 'web-prod', region: 'global' },
    ]);
  });

  it('are asked for again after a quota', async () => {
    let refusals = 2;
    const cloud = await cloudOver({}, () =>
      refusals-- > 0
        ? googleStatus(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', 'RATE_LIMIT_EXCEEDED')
        : undefined,
    );
    expect(await cloud.accounts()).toHaveLength(4);
  });

  it.each([
    [
      'the search is refused',
      {},
      googleError(403, 'accessNotConfigured', 'The API is disabled.'),
      'accessNotConfigured: The API is disabled.',
    ],
    [
      'a folder is refused',
      { parent: 'folders/10' },
      googleStatus(403, 'PERMISSION_DENIED', 'No folders for you.'),
      'PERMISSION_DENIED: No folders for you.',
    ],
    [
      'a web page answers',
      {},
      { status: 200, body: '<html>', contentType: 'text/html' },
      'malformed_answer',
    ],
    ['projects are no list', {}, json({ projects: {} }), 'malformed_answer'],
    [
      'a project has no id',
      {},
      json({ projects: [{ name: 'projects/1', state: 'ACTIVE' }] }),
      'malformed_answer',
    ],
    [
      'there is none',
      { query: 'name:x' },
      json({}),
      'these credentials see no active project that matches name:x',
    ],
    [
      'the parent is a name',
      { parent: 'my-folder' },
      json({}),
      'my-folder is neither organizations/NUMBER nor folders/NUMBER',
    ],
  ])('cannot be told when %s', async (_title, options, answer, message) => {
    await expect((await cloudOver(options, () => answer)).accounts()).rejects.toThrow(message);
  });

  it('cannot be told with bad credentials', async () => {
    const cloud = await cloudOver();
    double.tokens.expireAll();
    double.tokens.refuseAll();
    await expect(cloud.accounts()).rejects.toThrow('invalid_grant');
  });
});
