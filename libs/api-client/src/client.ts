import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './generated/paths';

/** The calls of the API, typed by the document. */
export type CloudPamClient = Client<paths>;

/** What a client needs to know of its server and of who calls. */
export interface CloudPamClientOptions extends Pick<ClientOptions, 'fetch'> {
  /** Without a path, for example `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** The API token that each call shows; without one `fetch` says who calls. */
  readonly token?: string;
}

/** A client of one server, typed by its OpenAPI document. */
export function createCloudPamClient({
  baseUrl,
  token,
  fetch,
}: CloudPamClientOptions): CloudPamClient {
  return createClient<paths>({
    baseUrl,
    ...(fetch && { fetch }),
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  });
}
