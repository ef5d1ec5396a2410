import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type CounterpartName =
  | 'actionlint'
  | 'aiosmtpd'
  | 'go-clients'
  | 'images'
  | 'helm'
  | 'kafka'
  | 'keycloak'
  | 'kubernetes'
  | 'moto'
  | 'nats'
  | 'opentofu'
  | 'prometheus'
  | 'schemathesis';

const FOLDER = resolve(
  process.env['COUNTERPARTS_DIR'] || join(__dirname, '../../../.counterparts'),
);

/**
 * Where a program of others stands that tests run against, as `npm run counterparts` fetched it.
 * Undefined where it was not fetched. @throws Error in that case when COUNTERPARTS is `required`,
 * as in `.ci/run`
 */
export function counterpart(name: CounterpartName): string | undefined {
  const home = join(FOLDER, name);
  if (existsSync(join(home, '.complete'))) return home;
  if (process.env['COUNTERPARTS'] === 'required') throw new Error(missing(name));
  return undefined;
}

/** A suite against a counterpart; where that is not installed, one test that says so. */
export function describeWith(
  name: CounterpartName,
  title: string,
  suite: (home: string) => void,
): void {
  const home = counterpart(name);
  if (home !== undefined) return describe(title, () => suite(home));
  process.stderr.write(`[cloudpam] left out: ${title}. ${missing(name)}\n`);
  describe(title, () =>
    it(`is left out: ${name} is not installed`, () => expect(counterpart(name)).toBeUndefined()),
  );
}

function missing(name: CounterpartName): string {
  return `${name} is not installed here; npm run counterparts -- ${name} fetches it`;
}
