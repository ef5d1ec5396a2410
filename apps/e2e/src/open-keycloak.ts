import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from './eventually';
import { freePort } from './open-provider';

const ADMIN = { username: 'admin', password: 'only-for-this-test' };
/** It takes 20 s, and more while others have the processors. */
export const START_MS = 240_000;
const REALM = 'cloudpam';
const CLIENT = { id: 'cloudpam', secret: 'a-secret-of-the-client' };
export const PASSWORD = 'any';

/** A person in Keycloak, and the groups they are in. */
export interface Person {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly groups: readonly string[];
}

interface Identified {
  readonly id: string;
}

/** A real Keycloak beside the test, with one realm and the client of a server. */
export class Keycloak {
  private constructor(
    readonly url: string,
    private readonly stop: () => Promise<void>,
  ) {}

  /** Starts it from the folder of the counterpart, and waits until it answers. */
  static async open(home: string): Promise<Keycloak> {
    const port = await freePort();
    const child = spawn(
      path.join(home, 'bin/kc.sh'),
      [
        'start',
        '--optimized',
        '--http-enabled=true',
        '--http-host=127.0.0.1',
        `--http-port=${port}`,
        `--http-management-port=${await freePort()}`,
        '--hostname-strict=false',
      ],
      {
        env: {
          PATH: process.env['PATH'],
          JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx400m',
          KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.username,
          KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        // The script starts Java as a child of its own; both are one group, to be ended together.
        detached: true,
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, 'exit');
    const url = `http://127.0.0.1:${port}`;
    await eventually(
      'Keycloak to answer',
      async () => {
        if (child.exitCode !== null) throw new Error(`Keycloak did not start:\n${output}`);
        return (await fetch(`${url}/realms/master`).catch(() => undefined))?.ok === true;
      },
      START_MS,
    );
    return new Keycloak(url, async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
    });
  }

  /** The settings of the server, but for its own address. */
  get settings(): Record<string, string> {
    return {
      OIDC_ISSUER: `${this.url}/realms/${REALM}`,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Keycloak',
    };
  }

  /** Makes the realm, as docs/security.md tells an operator to, with some people in it. */
  async makeRealm(server: string, people: readonly Person[]): Promise<void> {
    await this.send('POST', '', {
      realm: REALM,
      enabled: true,
      groups: [...new Set(people.flatMap(({ groups }) => groups))].map((name) => ({ name })),
      users: people.map(({ groups, ...person }) => ({
        ...person,
        enabled: true,
        email: `${person.username}@example.com`,
        emailVerified: true,
        groups: groups.map((name) => `/${name}`),
        credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
      })),
      clients: [
        {
          clientId: CLIENT.id,
          secret: CLIENT.secret,
          redirectUris: [`${server}/api/v1/auth/oidc/callback`],
          attributes: {
            'post.logout.redirect.uris': `${server}/login`,
            'backchannel.logout.url': `${server}/api/v1/auth/oidc/backchannel-logout`,
            'backchannel.logout.session.required': 'true',
          },
          protocolMappers: [
            {
              name: 'groups',
              protocol: 'openid-connect',
              protocolMapper: 'oidc-group-membership-mapper',
              config: {
                'claim.name': 'groups',
                'full.path': 'false',
                'id.token.claim': 'true',
                'userinfo.token.claim': 'true',
              },
            },
          ],
        },
      ],
    });
  }

  /** Asks people whether the server may know who they are, or does not; there they can cancel. */
  async askConsent(consentRequired: boolean): Promise<void> {
    const client = await this.first(`/clients?clientId=${CLIENT.id}`);
    await this.send('PUT', `/clients/${client.id}`, { ...client, consentRequired });
  }

  /** From now on tokens are signed with a new key. */
  async rotateKey(): Promise<void> {
    const { id: parentId } = (await (await this.send('GET', '')).json()) as Identified; // the realm's own id
    await this.send('POST', '/components', {
      name: 'later',
      parentId,
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      config: {
        priority: ['1000'],
        enabled: ['true'],
        active: ['true'],
        keySize: ['2048'],
        algorithm: ['RS256'],
      },
    });
  }

  /** An administrator ends all that the person has begun. */
  async logOut(username: string): Promise<void> {
    await this.send('POST', `/users/${(await this.user(username)).id}/logout`);
  }

  async leaveGroup(username: string, name: string): Promise<void> {
    const group = await this.first(`/groups?search=${name}`);
    await this.send('DELETE', `/users/${(await this.user(username)).id}/groups/${group.id}`);
  }

  async disable(username: string): Promise<void> {
    await this.send('PUT', `/users/${(await this.user(username)).id}`, { enabled: false });
  }

  close(): Promise<void> {
    return this.stop();
  }

  private user(username: string): Promise<Identified> {
    return this.first(`/users?exact=true&username=${username}`);
  }

  private async first(query: string): Promise<Identified> {
    const [found] = (await (await this.send('GET', query)).json()) as Identified[]; // a list of whatever was asked for
    if (!found) throw new Error(`Keycloak knows nothing of ${query}`);
    return found;
  }

  /** One call of Keycloak's own API on the realm; on all of them without a path in a POST. */
  private async send(method: string, route: string, body?: object): Promise<Response> {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMIN });
    const granted = await fetch(`${this.url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: form,
    });
    const { access_token: token } = (await granted.json()) as { access_token: string }; // RFC 6749
    const answer = await fetch(
      `${this.url}/admin/realms${method === 'POST' && route === '' ? '' : `/${REALM}${route}`}`,
      {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
    );
    if (!answer.ok)
      throw new Error(
        `Keycloak answers ${method} ${route} with ${answer.status}: ${await answer.text()}`,
      );
    return answer;
  }
}
