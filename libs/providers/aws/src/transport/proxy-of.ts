/**
 * The proxy that the environment names for a host; undefined where it names none, or NO_PROXY lists
 * the host. As the clients of Google and of the server read it: HTTP_PROXY stands in for
 * HTTPS_PROXY; in NO_PROXY `name` is that host,
 * `.name` all below it.
 */
export function proxyOf(
  host: string,
  port: number,
  secure: boolean,
  env: NodeJS.ProcessEnv = process.env,
): URL | undefined {
  const plain = env['http_proxy'] || env['HTTP_PROXY'];
  const proxy = secure ? env['https_proxy'] || env['HTTPS_PROXY'] || plain : plain;
  if (!proxy) return undefined;
  const spared = (env['no_proxy'] ?? env['NO_PROXY'] ?? '')
    .split(/[\s,]+/)
    .some((rule) => isSpared(rule.toLowerCase(), host.toLowerCase(), port));
  if (spared) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new Error(
      `HTTPS_PROXY (or HTTP_PROXY) must be an http or https address, such as http://proxy.example.com:3128`,
    );
  }
  return new URL(address);
}

function isSpared(rule: string, host: string, port: number): boolean {
  if (rule === '*') return true;
  const [, name = '', onPort] = /^\*?(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  if (name === '' || (onPort !== undefined && Number(onPort) !== port)) return false;
  return name.startsWith('.') ? host.endsWith(name) : host === name;
}
