// An OpenID provider (oidc-provider) with two clients and some people: prints one line with its
// issuer, and ends with stdin. Its arguments are the addresses of the servers whose logins it may
// answer.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const PEOPLE = {
  ada: { name: 'Ada Admin', groups: ['admins', 'netops'] },
  ed: { name: 'Ed Editor', groups: ['netops'] },
  vic: { name: 'Vic Viewer', groups: ['staff'] },
  gus: {
    name: 'Gus Groups',
    groups: [...Array.from({ length: 500 }, (_, n) => `department-with-a-long-name-${n}`), 'staff'],
  },
  nell: { name: 'Nell Nobody', groups: ['cooks'] },
};
const servers = process.argv.slice(2);
const client = (id) => ({
  client_id: id,
  client_secret: `${id}-secret-with-signs._~`,
  token_endpoint_auth_method: 'client_secret_post',
  response_types: ['code'],
  grant_types: ['authorization_code'],
  redirect_uris: servers.map((server) => `${server}/api/v1/auth/oidc/callback`),
  post_logout_redirect_uris: servers.map((server) => `${server}/login`),
});

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  // It knows no accounts to choose from, and says so.
  discovery: { prompt_values_supported: ['none', 'login', 'consent'] },
  clients: [client('cloudpam'), client('backoffice')],
  claims: {
    openid: ['sub'],
    profile: ['name'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  cookies: { keys: ['of no worth: it lives as long as a test'] },
  findAccount: (_, sub) =>
    PEOPLE[sub] && {
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.com`, email_verified: true, ...PEOPLE[sub] }),
    },
  // Nobody is asked whether the server may know their name.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email groups');
    await grant.save();
    return grant;
  },
});
server.on('request', provider.callback());
process.stdout.write(`issuer ${issuer}\n`);
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
