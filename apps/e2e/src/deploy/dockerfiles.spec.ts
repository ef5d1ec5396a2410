import { DOCKER, dockerfileMistakes } from './dockerfiles';
import { findPlanted, type Mistake } from './planted';

const server = (from: Mistake['from'], to: string): Mistake => ({
  file: 'server/Dockerfile',
  from,
  to,
});

const PLANTED: [string, Mistake, string][] = [
  [
    'a base without a digest',
    server(/(nodejs24-debian13:nonroot)@sha256:\w+/, '$1'),
    'server: gcr.io/distroless/nodejs24-debian13:nonroot has no digest',
  ],
  [
    'a base with a shell',
    server('gcr.io/distroless/nodejs24-debian13:nonroot', 'docker.io/library/node:24-slim'),
    'server: its base is not distroless',
  ],
  [
    'root as the user',
    server('USER 65532:65532\n', 'USER root\n'),
    'server: it does not run as 65532:65532',
  ],
  ['no user', server('USER 65532:65532\n', ''), 'server: it does not run as 65532:65532'],
  [
    'a health check that needs a shell',
    server(/CMD \["\/nodejs\/bin\/node", ".*"\]/, 'CMD curl -f http://127.0.0.1:8080/readyz'),
    'server: its HEALTHCHECK is not of the node binary',
  ],
  [
    'an entry point that needs a shell',
    server(/ENTRYPOINT .*/, 'ENTRYPOINT node apps/api/dist/main.js'),
    'server: its ENTRYPOINT is not of the node binary',
  ],
  [
    'a command in the last stage',
    server('USER 65532', 'RUN chmod -R o+w /app\nUSER 65532'),
    'server: it runs something where there is no shell',
  ],
  [
    'the version of another release',
    server(/VERSION=[\d.]+/, 'VERSION=0.0.9'),
    'server: its version is not',
  ],
  [
    'a missing label',
    server(/ +org\.opencontainers\.image\.licenses.*\n/, ''),
    'server: it has no label licenses',
  ],
  ['an unknown instruction', server('EXPOSE', 'EXPOSES'), 'server: line'],
  [
    'packages that only one of them installs otherwise',
    server('npm ci --ignore-scripts', 'npm install'),
    'both: their first stages differ',
  ],
];

describe('the Dockerfiles', () => {
  it('are without a mistake', () => expect(dockerfileMistakes(DOCKER)).toEqual([]));

  it.each(PLANTED)('show %s', (_name, mistake, said) => {
    expect(findPlanted(DOCKER, mistake, dockerfileMistakes).join('\n')).toContain(said);
  });
});
