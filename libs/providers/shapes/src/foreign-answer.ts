/** An answer that was not given by whoever was asked. */
export interface ForeignAnswer {
  /** Who was asked: `AWS`. */
  readonly asked: string;
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/** Says who may have answered in place of whom, and what to do. */
export function foreignAnswer({ asked, status, header }: ForeignAnswer): string {
  const { server, via } = { server: header('server'), via: header('via') };
  const named = [server, via && `via ${via}`]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
  const what = `answered with status ${status} by something that is not ${asked}${named && ` (${named})`}`;
  const location = header('location');
  if (status === 407)
    return (
      `${what}: the proxy asks for a user and a password; ` +
      'give them in HTTPS_PROXY, as http://user:password@host:port'
    );
  if (status >= 300 && status < 400)
    return (
      `${what}: it sends to ${location ?? 'another address'}, as a proxy with a login page does; ` +
      'let the collector pass without one'
    );
  return `${what}: a proxy or gateway in between; let it pass these calls, or list the host in NO_PROXY`;
}
