import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '../release-notes.mjs');
const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [0.2.10] - 2026-02-02

### Added

- Two \`## [0.2.1]\` in a line.

### Fixed

- Three.

## [0.2.1] - 2026-01-01

- One.

## [0.2.0] - 2026-01-01

[Unreleased]: https://example.com/compare/v0.2.10...HEAD
[0.2.0]: https://example.com/releases/v0.2.0
`;

describe('the notes of a release', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-notes-'));
  const file = path.join(folder, 'CHANGELOG.md');
  writeFileSync(file, CHANGELOG);
  afterAll(() => rmSync(folder, { recursive: true }));

  const notesOf = (version: string): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [SCRIPT, version, file], { encoding: 'utf8' });

  it('are its section of the changelog, and no other', () => {
    expect(notesOf('0.2.10').stdout).toBe(
      '### Added\n\n- Two `## [0.2.1]` in a line.\n\n### Fixed\n\n- Three.\n',
    );
    expect(notesOf('0.2.1').stdout).toBe('- One.\n');
  });

  it.each(['0.3.0', '0.2.0', '0.2', '', '$&'])('are missed for "%s"', (version) => {
    expect(notesOf(version)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `the changelog tells nothing of ${version}\n`,
    });
  });

  it('can be had of the changelog that is there', () => {
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, 'Unreleased'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^### /)]);
  });
});
