import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a good signature says: who signed, for which region and service. */
export interface Signed {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const AUTHORIZATION = new RegExp(
  [
    '^AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request',
    'SignedHeaders=([^,]+)',
    'Signature=([0-9a-f]{64})$',
  ].join(', ?'),
);

/**
 * Computes the AWS Signature Version 4 of a POST anew. Gives undefined unless it is the one in the
 * request.
 */
export function checkSigV4(
  request: IncomingMessage,
  body: string,
  secret: string,
): Signed | undefined {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '');
  if (!match) return undefined;
  const [
    ,
    accessKeyId = '',
    day = '',
    region = '',
    service = '',
    signedHeaders = '',
    signature = '',
  ] = match;
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    request.url,
    '',
    headers.join(''),
    signedHeaders,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join(
    '\n',
  );
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  return hmac(key, toSign).toString('hex') === signature
    ? { accessKeyId, region, service }
    : undefined;
}
