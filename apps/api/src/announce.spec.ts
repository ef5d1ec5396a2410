import { announceOpening } from './announce';
import { readConfig } from './config/config';

describe('what a server tells at its start', () => {
  it.each([
    ['postgres://u:hunter2@db.example/x', 'PostgreSQL db.example:5432/x'],
    ['postgres://u:a@hunter2@db.example/x', 'PostgreSQL db.example:5432/x'],
    ['postgres://db.example/x?user=u&password=hunter2', 'PostgreSQL db.example:5432/x'],
    ['postgres://u:hunter2@/x?host=/run/sql', 'PostgreSQL /run/sql:5432/x'],
    ['sqlite:data/cloudpam.sqlite', 'sqlite:data/cloudpam.sqlite'],
    ['memory:', 'memory:'],
  ])('%s is named without its password', (DATABASE_URL, name) => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    announceOpening(readConfig({ DATABASE_URL }));
    expect(write.mock.calls).toEqual([[`Opening ${name} and migrating it\n`]]);
    write.mockRestore();
  });

  it('a URL that no driver can read is refused, and no word of it repeated', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://u:a#hunter2@db/x' });
    expect(() => announceOpening(config)).toThrow(/^a database is named by sqlite:PATH/);
  });
});
