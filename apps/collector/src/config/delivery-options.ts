import { readCollectorToken, type CollectorToken } from '../delivery/collector-token';
import type { TlsFiles } from '../server/tls-dispatcher';
import type { Command, Given } from './option';
import type { DELIVERY } from './options';

/** Where undelivered snapshots are kept. */
export interface SpoolOptions {
  readonly folder: string;
  readonly limitBytes: number;
  readonly signer: CollectorToken;
}

/** Delivery to a server. */
export interface ServerOptions {
  readonly kind: 'server';
  /** Base address, without a trailing slash. */
  readonly server: string;
  /** Secret. */
  readonly token: string;
  readonly dryRun: boolean;
  /** Tries to deliver a scope. */
  readonly attempts: number;
  readonly spool?: SpoolOptions;
  readonly tls?: TlsFiles;
}

/** Delivery into signed files. */
export interface SinkOptions {
  readonly kind: 'sink';
  readonly folder: string;
  readonly signer: CollectorToken;
}

export type DeliveryOptions = ServerOptions | SinkOptions;

const NO_SIGNER: CollectorToken = { publicId: '', secret: '' };

/** Reads where the snapshots go. */
export function deliveryOptions(
  given: Given<typeof DELIVERY>,
  command: Command | undefined,
): DeliveryOptions {
  const token = tokenOf(given);
  const attempts = given.get('attempts');
  const limitBytes = given.get('spool-limit') * 1_000_000;
  const spool = given.get('spool');
  const dryRun = given.get('dry-run');
  if (spool === undefined && given.has('spool-limit'))
    given.refuse(`${given.said('spool-limit')} needs --spool`);
  if (spool !== undefined && dryRun)
    given.refuse(
      `${given.said('spool')} and --dry-run exclude each other: a dry run leaves nothing to deliver later`,
    );
  const sink = command === 'agent' ? undefined : given.get('sink');
  const signer = sink !== undefined || spool !== undefined ? signerOf(given, token) : NO_SIGNER;
  const tls = tlsOf(given);
  if (sink === undefined) {
    return {
      kind: 'server',
      server: serverOf(given),
      token,
      dryRun,
      attempts,
      ...(tls && { tls }),
      ...(spool !== undefined && { spool: { folder: spool, limitBytes, signer } }),
    };
  }
  for (const name of [
    'server',
    'spool',
    'dry-run',
    'attempts',
    'tls-ca',
    'tls-cert',
    'tls-key',
  ] as const) {
    if (given.has(name))
      given.refuse(
        `${given.said('sink')} and ${given.said(name)} exclude each other: a sink needs no server`,
      );
  }
  const folder = /^file:(.+)$/.exec(sink)?.[1];
  if (folder === undefined)
    given.refuse(
      `${given.said('sink')} must be file: and a folder, such as file:/var/lib/cloudpam/out`,
    );
  return { kind: 'sink', folder: folder ?? '', signer };
}

function tlsOf(given: Given<typeof DELIVERY>): TlsFiles | undefined {
  const [ca, cert, key] = (['tls-ca', 'tls-cert', 'tls-key'] as const).map((name) =>
    given.get(name),
  );
  if ((cert === undefined) !== (key === undefined))
    given.refuse('--tls-cert and --tls-key go together');
  return ca === undefined && cert === undefined ? undefined : { ca, cert, key };
}

function serverOf(given: Given<typeof DELIVERY>): string {
  const text = given.get('server');
  if (!text) {
    given.refuse(
      '--server (or CLOUDPAM_SERVER) is missing: the address of the server, such as https://ipam.example.com',
    );
    return '';
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    given.refuse('--server is not an http or https address');
  else if (url.username || url.password)
    given.refuse('--server must not hold a user or password; the token is the credential');
  else if (url.search || url.hash)
    given.refuse('--server must be the base address, without ? and #');
  else return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return '';
}

function tokenOf(given: Given<typeof DELIVERY>): string {
  const token = given.get('token') ?? '';
  if (token === '') given.refuse('--token (or CLOUDPAM_TOKEN) is missing');
  else if (!/^[\x21-\x7e]+$/.test(token))
    given.refuse('--token (or CLOUDPAM_TOKEN) has characters that no token has');
  return token;
}

function signerOf(given: Given<typeof DELIVERY>, token: string): CollectorToken {
  const signer = readCollectorToken(token);
  if (!signer && token !== '')
    given.refuse(
      '--token (or CLOUDPAM_TOKEN) cannot sign files: it is not cpam_<12 characters a-z2-7>_<52 characters a-z2-7>',
    );
  return signer ?? NO_SIGNER;
}
