import { readCollectorToken, type CollectorToken } from '../delivery/collector-token';
import type { TlsFiles } from '../server/tls-dispatcher';
import type { GivenOptions } from './given-options';
import type { Command } from './option-table';

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
  given: GivenOptions,
  command: Command | undefined,
): DeliveryOptions {
  const { problems } = given;
  const token = tokenOf(given);
  const attempts = given.number('attempts', 6, 1, 20);
  const limitBytes = given.number('spool-limit', 1_024, 1, 1_000_000) * 1_000_000;
  const spool = given.text('spool');
  const dryRun = given.flag('dry-run');
  if (spool === undefined && given.has('spool-limit'))
    problems.push(`${given.said('spool-limit')} needs --spool`);
  if (spool !== undefined && dryRun)
    problems.push(
      `${given.said('spool')} and --dry-run exclude each other: a dry run leaves nothing to deliver later`,
    );
  const sink = command === 'agent' ? undefined : given.text('sink');
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
      problems.push(
        `${given.said('sink')} and ${given.said(name)} exclude each other: a sink needs no server`,
      );
  }
  const folder = /^file:(.+)$/.exec(sink)?.[1];
  if (folder === undefined)
    problems.push(
      `${given.said('sink')} must be file: and a folder, such as file:/var/lib/cloudpam/out`,
    );
  return { kind: 'sink', folder: folder ?? '', signer };
}

function tlsOf(given: GivenOptions): TlsFiles | undefined {
  const [ca, cert, key] = (['tls-ca', 'tls-cert', 'tls-key'] as const).map((name) =>
    given.text(name),
  );
  if ((cert === undefined) !== (key === undefined))
    given.problems.push('--tls-cert and --tls-key go together');
  return ca === undefined && cert === undefined ? undefined : { ca, cert, key };
}

function serverOf(given: GivenOptions): string {
  const text = given.text('server');
  if (!text) {
    given.problems.push(
      '--server (or CLOUDPAM_SERVER) is missing: the address of the server, such as https://ipam.example.com',
    );
    return '';
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    given.problems.push('--server is not an http or https address');
  else if (url.username || url.password)
    given.problems.push('--server must not hold a user or password; the token is the credential');
  else if (url.search || url.hash)
    given.problems.push('--server must be the base address, without ? and #');
  else return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return '';
}

function tokenOf(given: GivenOptions): string {
  const token = given.text('token') ?? '';
  if (token === '') given.problems.push('--token (or CLOUDPAM_TOKEN) is missing');
  else if (!/^[\x21-\x7e]+$/.test(token))
    given.problems.push('--token (or CLOUDPAM_TOKEN) has characters that no token has');
  return token;
}

function signerOf(given: GivenOptions, token: string): CollectorToken {
  const signer = readCollectorToken(token);
  if (!signer && token !== '')
    given.problems.push(
      '--token (or CLOUDPAM_TOKEN) cannot sign files: it is not cpam_<12 characters a-z2-7>_<52 characters a-z2-7>',
    );
  return signer ?? NO_SIGNER;
}
