import { proxyOf } from './proxy-of';

const HOST = 'ec2.eu-west-1.amazonaws.com';
const PROXY = 'http://proxy:3128';

describe('proxyOf', () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: PROXY }, 'proxy:3128'],
    [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, 'proxy:3128'],
    [{ HTTP_PROXY: PROXY }, 'proxy:3128'],
    [{ HTTPS_PROXY: 'proxy:3128' }, 'proxy:3128'],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: HOST }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'example.com, .AmazonAWS.com' }, undefined],
    [{ HTTPS_PROXY: PROXY, no_proxy: '*.amazonaws.com' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: `${HOST}:443` }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: `${HOST}:8443` }, 'proxy:3128'],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: 'amazonaws.com' }, 'proxy:3128'],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: ',' }, 'proxy:3128'],
  ])('is, by %j, %s', (env, expected) => {
    expect(proxyOf(HOST, 443, true, env)?.host).toBe(expected);
  });

  it('takes HTTP_PROXY for what has no TLS, and not HTTPS_PROXY', () => {
    expect(proxyOf('localhost', 4566, false, { HTTPS_PROXY: PROXY })).toBeUndefined();
    expect(proxyOf('localhost', 4566, false, { HTTP_PROXY: PROXY })?.host).toBe('proxy:3128');
  });

  it.each(['socks5://proxy:1080', 'http://user:secret@'])(
    'refuses %s, and does not repeat it',
    (proxy) => {
      const refused = (): unknown => proxyOf(HOST, 443, true, { HTTPS_PROXY: proxy });
      expect(refused).toThrow('HTTPS_PROXY (or HTTP_PROXY) must be an http or https address');
      expect(refused).not.toThrow('secret');
    },
  );
});
