import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExternalAccountClient, type AuthClient } from 'google-auth-library';
import {
  aggregatedList,
  googleError,
  json,
  networkList,
  pageOf,
  type Answer,
  type ListOf,
  type Paging,
} from './google-answers';
import { AUDIENCE, SUBJECT_TOKEN, TokenEndpoints, UNAUTHENTICATED } from './token-endpoints';

/** One call with a good token that the double has taken. */
export interface GcpCall {
  readonly method:
    | 'networks.list'
    | `${(typeof AGGREGATED)[number]}.aggregatedList`
    | 'projects.search'
    | 'folders.list';
  /** Of the Compute methods. */
  readonly project?: string;
  readonly parameters: URLSearchParams;
}

/** A project with what is in it, entries in the JSON shape of the Compute API. */
export interface DoubleProject {
  readonly projectId: string;
  readonly displayName?: string;
  readonly parent?: string;
  /** Default ACTIVE. */
  readonly state?: string;
  readonly networks: ListOf<object>;
  readonly subnets: ListOf<object>;
  /** Default none. */
  readonly instances?: ListOf<object>;
  /** Default none. */
  readonly addresses?: ListOf<object>;
}

const AGGREGATED = ['subnetworks', 'instances', 'addresses'] as const;

/** How the double behaves. */
export interface GcpDoubleSettings {
  readonly projects: ListOf<DoubleProject>;
  readonly folders?: readonly { readonly name: string; readonly parent: string }[];
  /**
   * Entries a page, at most what the caller asks for. Default 2, so that every listing has pages.
   */
  readonly pageSize?: number;
  /**
   * Called before the data is looked at; what it gives is the answer, and `hang` is none at all.
   */
  readonly interrupt?: (call: GcpCall) => Answer | 'hang' | undefined;
}

/**
 * Compute v1, Resource Manager v3, token exchange and metadata server on one loopback port. Refuses
 * calls without a token that it has given.
 */
export interface GcpDouble {
  /** For `rootUrl`; its host and port are a `GCE_METADATA_HOST` too. */
  readonly rootUrl: string;
  readonly host: string;
  readonly calls: readonly GcpCall[];
  readonly tokens: TokenEndpoints;
  /** Credentials with a token that is good, renewed by token exchange. */
  auth(): AuthClient;
  /**
   * A credentials file of workload identity federation whose subject token is in the given file.
   */
  federationFile(subjectTokenFile: string): object;
  close(): Promise<void>;
}

/** Starts a double; the caller closes it. */
export async function startGcpDouble(settings: GcpDoubleSettings): Promise<GcpDouble> {
  // The client sends calls to loopback through a proxy too, if the environment has one and does not
  // except it.
  if (process.env['no_proxy'] === undefined) process.env['NO_PROXY'] ??= '127.0.0.1';
  const calls: GcpCall[] = [];
  const tokens = new TokenEndpoints();
  const indexes = indexesOf(settings.projects);
  const dataFor = (call: GcpCall): Answer => answerWithData(call, settings, indexes);
  const server = createServer((request, response) => {
    void answerTo(request, tokens, (call) => {
      calls.push(call);
      return settings.interrupt?.(call) ?? dataFor(call);
    }).then((answer) => answer !== 'hang' && send(response, answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const federation = {
    type: 'external_account',
    audience: AUDIENCE,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `http://${host}/sts/v1/token`,
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    rootUrl: `http://${host}/`,
    host,
    calls,
    tokens,
    auth: () => {
      const client = ExternalAccountClient.fromJSON({
        ...federation,
        subject_token_supplier: { getSubjectToken: async () => SUBJECT_TOKEN },
      });
      if (!client) throw new Error('these credentials are not of an external account');
      client.setCredentials({ access_token: tokens.issue(), expiry_date: Date.now() + 3_600_000 });
      return client;
    },
    federationFile: (file) => ({ ...federation, credential_source: { file } }),
    close,
  };
}

async function answerTo(
  request: IncomingMessage,
  tokens: TokenEndpoints,
  answerCall: (call: GcpCall) => Answer | 'hang',
): Promise<Answer | 'hang'> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
  const flavor = request.headers['metadata-flavor'];
  const token = tokens.answer(
    pathname,
    new URLSearchParams(await bodyOf(request)),
    Array.isArray(flavor) ? flavor[0] : flavor,
  );
  if (token) return token;
  if (!tokens.accepts(request.headers.authorization)) return UNAUTHENTICATED;
  const call = callOf(pathname, searchParams);
  if (!call || request.method !== 'GET')
    return googleError(404, 'notFound', `the double does not know ${request.method} ${pathname}`);
  return answerCall(call);
}

function callOf(path: string, parameters: URLSearchParams): GcpCall | undefined {
  if (path === '/v3/projects:search') return { method: 'projects.search', parameters };
  if (path === '/v3/folders') return { method: 'folders.list', parameters };
  const [, project, list] =
    /^\/compute\/v1\/projects\/([^/]+)\/(global\/networks|aggregated\/(?:subnetworks|instances|addresses))$/.exec(
      path,
    ) ?? [];
  if (!project) return undefined;
  const aggregated = AGGREGATED.find((name) => list === `aggregated/${name}`);
  return {
    method: aggregated ? `${aggregated}.aggregatedList` : 'networks.list',
    project: decodeURIComponent(project),
    parameters,
  };
}

function answerWithData(
  { method, project, parameters }: GcpCall,
  { projects, folders = [], pageSize = 2 }: GcpDoubleSettings,
  indexes: ReadonlyMap<string, number>,
): Answer {
  const paging: Paging = { pageSize, parameters };
  if (method === 'projects.search') {
    const { entries, nextPageToken } = pageOf(projects, paging);
    const shown = entries.map(({ projectId, displayName, parent, state = 'ACTIVE' }) => ({
      name: 'projects/1',
      projectId,
      displayName,
      parent,
      state,
    }));
    return json({ ...(shown.length > 0 && { projects: shown }), nextPageToken });
  }
  if (method === 'folders.list') {
    const parent = parameters.get('parent');
    const { entries, nextPageToken } = pageOf(
      folders.filter((folder) => folder.parent === parent),
      paging,
    );
    return json({ ...(entries.length > 0 && { folders: entries }), nextPageToken });
  }
  const index = indexes.get(project ?? '');
  const found = index === undefined ? undefined : projects.at(index);
  if (!found)
    return googleError(404, 'notFound', `The resource 'projects/${project}' was not found`);
  switch (method) {
    case 'instances.aggregatedList':
      return aggregatedList('instances', found.instances ?? [], paging);
    case 'addresses.aggregatedList':
      return aggregatedList('addresses', found.addresses ?? [], paging);
    case 'subnetworks.aggregatedList':
      return aggregatedList('subnetworks', found.subnets, paging);
    case 'networks.list':
      return networkList(found.networks, paging);
  }
}

/** By id, so that a large estate is not searched for each call. */
function indexesOf(projects: ListOf<DoubleProject>): ReadonlyMap<string, number> {
  return new Map(
    Array.from({ length: projects.length }, (_, at) => [projects.at(at)?.projectId ?? '', at]),
  );
}

function send(
  response: ServerResponse,
  { status, body, contentType = 'application/json', headers = {} }: Answer,
): void {
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so chunks are buffers
  return Buffer.concat(chunks).toString('utf8');
}
