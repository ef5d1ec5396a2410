import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ROOT } from '../start-server';
import { readCompose } from './compose';
import { composeMistakes, PROFILES } from './compose-mistakes';
import { DOCKER } from './dockerfiles';
import { findPlanted, type Mistake } from './planted';

const PAGE = 'docs/deploy/compose.md';
const compose = (from: string | RegExp, to: string): Mistake => ({
  file: 'compose.yaml',
  from,
  to,
});

/** What is planted, and what must be said of it. */
const PLANTED: readonly [string, Mistake, RegExp][] = [
  [
    'an unknown key',
    compose('read_only: true', 'readonly: true'),
    /services\/first-start.*must NOT have additional properties/,
  ],
  [
    'a missing healthcheck',
    compose(/ {4}healthcheck:\n {6}test: \[CMD, wget.*9090.*\n.*\n.*\n/, ''),
    /prometheus: it has no healthcheck/,
  ],
  [
    'a default password',
    compose('PGPASSFILE: /run/secrets/pgpass', 'PGPASSWORD: replica'),
    /replica: PGPASSWORD is in plain sight/,
  ],
  [
    'a password in an address',
    compose(
      'DATABASE_URL_FILE: /run/secrets/database-url',
      'DATABASE_REPLICAS: postgres://pam:pam@replica/pam',
    ),
    /server: DATABASE_REPLICAS is in plain sight/,
  ],
  ['the user root', compose('user: "999:999"', 'user: "0:0"'), /database: it is root/],
  [
    'the tag latest',
    compose(/grafana:13[\w.@:]*/, 'grafana:latest'),
    /"docker.io\/grafana\/grafana:latest", which does not have a concrete version tag/,
  ],
  [
    'an image of another version',
    compose('server:0.1.0', 'server:0.0.9'),
    /server: \S+:0\.0\.9 is not pinned/,
  ],
  [
    'a capability',
    compose('cap_add: [CHOWN]', 'cap_add: [CHOWN, DAC_OVERRIDE]'),
    /first-start: it may CHOWN,DAC_OVERRIDE/,
  ],
  [
    'kept capabilities',
    compose('cap_drop: [ALL]\n', 'cap_drop: [NET_RAW]\n'),
    /server: it keeps capabilities/,
  ],
  [
    'a port that all may reach',
    compose('127.0.0.1:9090:9090', '0.0.0.0:9090:9090'),
    /prometheus: port 0.0.0.0:9090:9090 is open/,
  ],
  [
    'a setting that does not exist',
    compose(
      'PUBLIC_URL: http://localhost:8080\n      OIDC',
      'PUBLIC_ULR: http://localhost:8080\n      OIDC',
    ),
    /server: PUBLIC_ULR is no setting/,
  ],
  [
    'an option of the collector that does not exist',
    compose('CLOUDPAM_PATH:', 'CLOUDPAM_FOLDER:'),
    /collector: CLOUDPAM_FOLDER is no setting/,
  ],
  [
    'a secret that nobody makes',
    compose('/run/secrets/audit-key', '/run/secrets/audit'),
    /server: AUDIT_KEY_FILE: nobody makes/,
  ],
  [
    'secrets that can be written',
    compose('collector-secrets:/run/secrets:ro', 'collector-secrets:/run/secrets'),
    /collector: collector-secrets can be written/,
  ],
  [
    'a profile that is misspelt',
    compose('profiles: [replica]', 'profiles: [replicas]'),
    /nobody knows the profile replicas/,
  ],
  [
    'a service that is waited for in another profile',
    compose('prometheus:\n        condition', 'replica:\n        condition'),
    /grafana: replica is not started with it/,
  ],
  [
    'a start before the database is healthy',
    compose('condition: service_healthy', 'condition: service_started'),
    /database is waited for until service_started/,
  ],
  [
    'a folder that is not there',
    compose('../examples/estate', '../examples/estates'),
    /collector: there is no \.\.\/examples\/estates/,
  ],
];

describe('compose.yaml', () => {
  it('is without a mistake', () => {
    expect(composeMistakes(DOCKER)).toEqual([]);
  });

  it.each(PLANTED)('shows %s', (_name, mistake, said) => {
    expect(findPlanted(DOCKER, mistake, composeMistakes).join('\n')).toMatch(said);
  });

  it.each(Object.entries(PROFILES))('the profile %s has services', (profile, variables) => {
    const { services } = readCompose(DOCKER, variables);
    const started = Object.values(services).filter((each) => each.profiles?.includes(profile));
    expect(started).not.toEqual([]);
  });

  it('sets what belongs to a profile only with its variable', () => {
    const server = (variables: Record<string, string>) =>
      readCompose(DOCKER, variables).services['server']?.environment ?? {};
    const given = Object.entries(server({})).filter(([, value]) => value !== '');
    expect(given.map(([name]) => name).sort()).toEqual([
      'AUDIT_KEY_FILE',
      'CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN_FILE',
      'CLOUDPAM_BOOTSTRAP_TOKEN_FILE',
      'CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN_FILE',
      'CLOUDPAM_SECRET_KEY_FILE',
      'DATABASE_URL_FILE',
      'PUBLIC_URL',
    ]);
    expect(server({ OIDC: 'on' })['OIDC_ISSUER']).toBe('http://localhost:8081/realms/cloudpam');
    expect(server({ REPLICA: 'on' })['DATABASE_REPLICAS_FILE']).toMatch(/database-replicas$/);
  });

  it('is what its page tells of', () => {
    const page = readFileSync(path.join(ROOT, PAGE), 'utf8');
    const { services, volumes } = readCompose(DOCKER, {});
    const rows = (part: string): string[] =>
      [...part.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name = '']) => name);
    const [always = '', profiles = ''] = page.split('## Profiles');
    expect(rows(always).sort()).toEqual(
      Object.keys(services)
        .filter((name) => !services[name]?.profiles)
        .sort(),
    );
    expect(rows(profiles)).toEqual(Object.keys(PROFILES));
    for (const [profile, variables] of Object.entries(PROFILES)) {
      const set = Object.entries(variables).map(([name, value]) => `${name}=${value} `);
      expect(profiles).toContain(
        `\`${set.join('')}docker compose -f docker/compose.yaml --profile ${profile} up -d\``,
      );
    }
    for (const [, name = ''] of page.matchAll(/`((?:[a-z]+-)?(?:secrets|data))`/g))
      expect(Object.keys(volumes)).toContain(name);
    const links = [...page.matchAll(/]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    for (const link of links)
      expect([link, existsSync(path.join(ROOT, path.dirname(PAGE), link))]).toEqual([link, true]);
  });

  it('takes Keycloak for healthy by its status', async () => {
    const { test = [] } = readCompose(DOCKER, {}).services['keycloak']?.healthcheck ?? {};
    const health = createServer((request, response) => {
      response.writeHead(request.url === '/health/ready' ? status : 404).end('{"status": "UP"}');
    });
    await once(health.listen(0, '127.0.0.1'), 'listening');
    const { port } = health.address() as AddressInfo; // it listens on TCP
    const [, program = '', ...args] = test.map((each) => each.replace('/9000 ', `/${port} `));
    const codes: unknown[] = [];
    let status = 200;
    for (status of [200, 503]) codes.push((await once(spawn(program, args), 'exit'))[0]);
    health.close();
    expect([codes, (await once(spawn(program, args), 'exit'))[0]]).toEqual([[0, 1], 1]);
  });

  it('starts a replica by a script that bash takes', () => {
    const script = path.join(DOCKER, 'compose/replica.sh');
    expect(spawnSync('bash', ['-n', script]).status).toBe(0);
  });
});
