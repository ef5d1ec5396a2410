import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

const UNTRUSTED = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/**
 * What to add to the message of an error with this code, if a CA is missing; `setting` takes one.
 */
export function caAdvice(code: string, setting: string): string {
  return UNTRUSTED.includes(code)
    ? `; it is signed by a CA that is not known here, as that of a proxy which opens TLS: name it in ${setting}`
    : '';
}

/**
 * The CAs that Node knows, those of NODE_EXTRA_CA_CERTS (which a list of one's own would replace),
 * and those of a PEM file.
 * @throws when the file cannot be read, naming what asked for it
 */
export function trustedCas(
  file: string,
  askedBy: string,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  const extra = env['NODE_EXTRA_CA_CERTS'];
  return [
    ...rootCertificates,
    ...(extra ? [pem(extra, 'NODE_EXTRA_CA_CERTS')] : []),
    pem(file, askedBy),
  ];
}

function pem(file: string, askedBy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${askedBy}: ${(error as Error).message}`, { cause: error }); // the file system throws Errors
  }
}
