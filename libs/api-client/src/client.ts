import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/paths';

/** The calls of the API, typed by the document. */
export type CloudPamClient = Client<paths>;

/**
 * A typed client of one server. @param baseUrl without a path, for example `http://127.0.0.1:8080`
 */
export function createCloudPamClient(baseUrl: string, token: string): CloudPamClient {
  return createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
}
