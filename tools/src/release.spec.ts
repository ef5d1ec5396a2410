import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const COPIED = [
  /(^|\/)package\.json$/,
  /^(package-lock\.json|CHANGELOG\.md)$/,
  /^tools\/(release(-notes)?\.mjs|previous-release\.json)$/,
  /^(deploy|docker|docs\/collectors)\//,
];
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => COPIED.some((names) => names.test(file)));

describe('npm run release', () => {
  let folder: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const release = (...words: string[]) =>
    spawnSync(process.execPath, ['tools/release.mjs', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'test',
        GIT_AUTHOR_EMAIL: 'test@example.com',
        GIT_COMMITTER_NAME: 'test',
        GIT_COMMITTER_EMAIL: 'test@example.com',
      },
    });
  const commitAll = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'test');
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-release-'));
    for (const file of FILES) cpSync(path.join(ROOT, file), path.join(folder, file));
    const manifest = JSON.parse(text('package.json')) as { version: string; scripts: object };
    manifest.version = '1.4.2';
    // The document is written by a server that is not built here.
    manifest.scripts = { openapi: "node -e \"require('fs').writeFileSync('document', 'new')\"" };
    writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const was = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    for (const file of FILES.filter(
      (each) => each !== 'package.json' && each !== 'package-lock.json',
    ))
      writeFileSync(path.join(folder, file), text(file).replaceAll(was.version, '1.4.2'));
    writeFileSync(path.join(folder, 'document'), 'old');
    writeFileSync(
      path.join(folder, 'CHANGELOG.md'),
      '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Moons.\n\n## [1.4.2] - 2026-01-01\n\n- Sun.\n',
    );
    git('init', '--quiet', '--initial-branch', 'main');
    commitAll();
    git('tag', 'v1.4.2');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sets the version wherever it stands, dates the changelog, commits and tags', () => {
    const before = git('rev-parse', 'HEAD');
    expect(release('minor')).toMatchObject({ status: 0 });
    const left = FILES.filter((file) => /^(deploy|docker|docs)\//.test(file))
      .filter((file) => /\.(tf|ya?ml|json)$|Dockerfile$/.test(file))
      .filter((file) => text(file).includes('1.4.2'));
    // Descriptions of variables have an example.
    expect(left.filter((file) => !file.endsWith('variables.tf'))).toEqual([]);
    for (const file of FILES.filter((each) => each.endsWith('package.json')))
      expect([file, (JSON.parse(text(file)) as { version: string }).version]).toEqual([
        file,
        '1.5.0',
      ]);
    expect(text('deploy/helm/cloudpam/Chart.yaml')).toMatch(
      /^version: 1\.5\.0\nappVersion: 1\.5\.0$/m,
    );
    const today = new Date().toISOString().slice(0, 10);
    expect(text('CHANGELOG.md')).toContain(
      `## [Unreleased]\n\n## [1.5.0] - ${today}\n\n### Added\n\n- Moons.\n`,
    );
    expect(JSON.parse(text('tools/previous-release.json'))).toEqual({
      version: '1.4.2',
      commit: before,
    });
    expect([text('document'), git('status', '--porcelain')]).toEqual(['new', '']);
    expect(git('rev-parse', 'v1.5.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
    expect(git('log', '-1', '--format=%s')).toBe('chore: release 1.5.0');
    const notes = spawnSync(process.execPath, ['tools/release-notes.mjs', '1.5.0'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(notes.stdout).toBe('### Added\n\n- Moons.\n');
  });

  it.each([
    ['major', '2.0.0'],
    ['patch', '1.4.3'],
  ])('raises the %s part, and with --dry-run only tells', (part, version) => {
    const told = release(part, '--dry-run');
    expect([told.status, told.stderr]).toEqual([0, expect.stringContaining(`1.4.2 -> ${version}`)]);
    expect(git('status', '--porcelain')).toBe('');
  });

  it.each<[string, () => void]>([
    [
      'the document cannot be written',
      () => {
        const manifest = JSON.parse(text('package.json')) as { scripts: { openapi: string } };
        manifest.scripts.openapi = 'exit 1';
        writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
        commitAll();
      },
    ],
    [
      'a hook refuses the commit',
      () =>
        writeFileSync(path.join(folder, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', {
          mode: 0o755,
        }),
    ],
    ['the tag cannot be made', () => void git('tag', 'v1.5.0/x')],
  ])('leaves nothing behind when %s', (_, plant) => {
    plant();
    const before = git('rev-parse', 'HEAD');
    expect(release('minor')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('as it was before') as string,
    });
    expect([git('status', '--porcelain'), git('rev-parse', 'HEAD')]).toEqual(['', before]);
    expect(git('tag', '--list', 'v1.5.0')).toBe('');
  });

  it('refuses what is not committed, an empty changelog, a tag that is there, and other words', () => {
    writeFileSync(path.join(folder, 'document'), 'changed');
    expect(release('minor')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not committed') as string,
    });
    git('checkout', '--quiet', 'document');
    git('tag', 'v1.5.0');
    expect(release('minor')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('tagged already') as string,
    });
    git('tag', '--delete', 'v1.5.0');
    writeFileSync(
      path.join(folder, 'CHANGELOG.md'),
      '# Changelog\n\n## [Unreleased]\n\n## [1.4.2]\n\n- Sun.\n',
    );
    commitAll();
    expect(release('minor')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nothing that is unreleased') as string,
    });
    expect(release('huge')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('major|minor|patch') as string,
    });
    expect(git('status', '--porcelain')).toBe('');
  });
});
