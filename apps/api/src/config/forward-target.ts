import path from 'node:path';

export type ForwardFormat = 'jsonl' | 'syslog';
export const FORWARD_FORMATS = ['jsonl', 'syslog'] as const satisfies readonly ForwardFormat[];

/** Where audit entries are sent to. */
export type ForwardTarget =
  | { readonly kind: 'file' | 'unix'; readonly path: string }
  | { readonly kind: 'tcp' | 'udp'; readonly host: string; readonly port: number };

/**
 * Reads `file:PATH`, `unix:PATH`, `tcp://HOST:PORT` or `udp://HOST:PORT`; undefined for anything
 * else.
 */
export function readForwardTarget(text: string): ForwardTarget | undefined {
  const local = /^(file|unix):(.+)$/.exec(text);
  if (local) return { kind: local[1] as 'file' | 'unix', path: path.resolve(local[2] ?? '') }; // the expression says so
  const remote = /^(tcp|udp):\/\/(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})\/?$/.exec(text);
  const port = Number(remote?.[4]);
  if (!remote || port < 1 || port > 65_535) return undefined;
  return { kind: remote[1] as 'tcp' | 'udp', host: remote[2] ?? remote[3] ?? '', port }; // the expression says so
}
