import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECTOR } from './discovery-body';

describe('COLLECTOR', () => {
  it('has the version of the package', () => {
    // The package's own manifest; a version in it is a text.
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(COLLECTOR.version).toBe(version);
  });
});
