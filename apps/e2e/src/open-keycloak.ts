import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './eventually';
import { freePort } from './open-provider';

const ADMIN = { username: 'admin', password: 'only-for-this-test' };
/** It takes 20 s, and more while others have the processors. */
export const START_MS = 240_000;
const REALM = 'cloudpam';
const CLIENT = 'cloudpam';
export const PASSWORD = 'any';

/** A person in Keycloak, and the groups they are in. */
export interface Person {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly groups: readonly string[];
}

interface Realm {
  readonly groups: readonly object[];
  readonly users: readonly object[];
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

  /** Imports the realm of docker/compose, as the first start made it, with more people in it. */
  async importRealm(file: string, people: readonly Person[]): Promise<void> {
    const realm = JSON.parse(readFileSync(file, 'utf8')) as Realm;
    const groups = [...new Set(people.flatMap((each) => each.groups))];
    await this.send('POST', '', {
      ...realm,
      groups: [...realm.groups, ...groups.map((name) => ({ name }))],
      users: [
        ...realm.users,
        ...people.map(({ groups: theirs, ...person }) => ({
          ...person,
          enabled: true,
          email: `${person.username}@example.com`,
          emailVerified: true,
          groups: theirs.map((name) => `/${name}`),
          credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
        })),
      ],
    });
  }

  /** Asks people whether the server may know who they are, or does not; there they can cancel. */
  async askConsent(consentRequired: boolean): Promise<void> {
    const client = await this.first(`/clients?clientId=${CLIENT}`);
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
