import { databaseOf } from './urls';

describe('the URL of a database', () => {
  it.each([
    ['postgres://u:p@db.example/x', 'db.example:5432/x'],
    ['postgresql://u:p@db.example:6432/x?sslmode=disable', 'db.example:6432/x'],
    ['postgres://u:p@ss@db.example/x', 'db.example:5432/x'],
    ['postgres://u:p@/x?host=/cloudsql/p:r:i', '/cloudsql/p:r:i:5432/x'],
    ['postgres:///x?host=/run/postgresql&user=u&password=p', '/run/postgresql:5432/x'],
  ])('%s names a database as a server reads it, without the password', (url, name) => {
    expect(databaseOf(url)).toEqual({ kind: 'postgres', name });
  });

  it.each(['postgres://u:hunter2@db:x/y', 'postgres://u:hun#ter2@db/y', 'mysql://u:hunter2@db/y'])(
    '%s is refused, and no word of it is repeated',
    (url) => {
      expect(() => databaseOf(url)).toThrow(/^a database is named by sqlite:PATH/);
    },
  );
});
