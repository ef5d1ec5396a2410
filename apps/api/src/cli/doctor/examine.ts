import { VerifyAudit } from '@cloudpam/audit';
import {
  CheckedStorage,
  databaseOf,
  lookAtReplicas,
  STORAGE_CHECKS,
  type Finding,
} from '@cloudpam/storage-typeorm';
import { platformsOf } from '../../audit/sinks/platforms';
import { sha256 } from '../../audit/sha256';
import { readConfig, type Config } from '../../config/config';
import { hmacWith } from '../../storage/proving-storage';
import { MIGRATIONS } from '../../storage/storage';
import { checkClock } from './clock-check';
import { diagnose, messageOf, type Diagnosis } from './diagnosis';
import { checkMail } from './mail-check';
import { checkPlatform } from './platform-check';
import { checkFileDisk, checkFolder, type MeasureDisk } from './disk-checks';

/** What an examination has from outside. */
export interface Outside {
  readonly env: NodeJS.ProcessEnv;
  readonly measureDisk: MeasureDisk;
  /** So long a replica may take to have what the primary has, in milliseconds. */
  readonly replicaPatienceMs?: number;
}

/** Looks at the settings, the database, and what is around them, one thing after the other; changes nothing. */
export async function* examine(outside: Outside): AsyncGenerator<Diagnosis> {
  const { env, measureDisk } = outside;
  const settings = readSettings(env);
  yield settings.diagnosis;
  const { config } = settings;
  if (!config) return;
  if (config.snapshotDir !== undefined) {
    const folder = config.snapshotDir;
    yield await diagnose('snapshots', () => checkFolder(folder, measureDisk));
  }
  const { mail } = config;
  if (mail) yield await diagnose('mail', () => checkMail(mail));
  for (const platform of platformsOf(config.sinks))
    if (platform.answers) yield await diagnose(platform.kind, () => checkPlatform(platform));
  if (/^(sqlite:)?:?memory:$/.test(config.databaseUrl)) {
    yield { check: 'database', level: 'ok', found: 'what a server has in memory is gone with it' };
    return;
  }
  let name = 'it';
  let storage: CheckedStorage;
  try {
    ({ name } = databaseOf(config.databaseUrl));
    storage = await CheckedStorage.open(config.databaseUrl, MIGRATIONS);
  } catch (error) {
    const found = `${name} cannot be reached: ${messageOf(error)}`;
    yield { check: 'database', level: 'unchecked', found, advice: 'see DATABASE_URL' };
    return;
  }
  const { file } = databaseOf(config.databaseUrl);
  try {
    yield await diagnose('database', () => storage.whole());
    if (file !== undefined) yield await diagnose('disk', () => checkFileDisk(file, measureDisk));
    yield await diagnose('migrations', () => storage.migrations());
    yield await diagnose('clock', () => checkClock(storage));
    if (config.databaseReplicas.length > 0)
      yield await diagnose('replicas', () => checkReplicas(config, outside.replicaPatienceMs));
    yield await diagnose('audit log', () => checkAudit(storage, config));
    for (const check of STORAGE_CHECKS) yield await diagnose(check, () => storage.rows(check));
  } finally {
    await storage.close();
  }
}

/** The settings, or as much of them as leads to the database. */
function readSettings(env: NodeJS.ProcessEnv): { diagnosis: Diagnosis; config?: Config } {
  const check = 'settings';
  try {
    return {
      diagnosis: { check, level: 'ok', found: 'a server starts with them' },
      config: readConfig(env),
    };
  } catch (error) {
    const found = messageOf(error)
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^ *- /, ''));
    const diagnosis: Diagnosis = {
      check,
      level: 'fault',
      found: found.join('; '),
      advice: 'a server does not start with them',
    };
    try {
      const database = Object.entries(env).filter(([name]) => /^DATABASE_URL(_FILE)?$/.test(name));
      return { diagnosis, config: readConfig(Object.fromEntries(database)) };
    } catch {
      return { diagnosis };
    }
  }
}

async function checkReplicas(
  { databaseUrl, databaseReplicas }: Config,
  patienceMs: number | undefined,
): Promise<Finding> {
  const replicas = await lookAtReplicas(databaseUrl, databaseReplicas, patienceMs);
  const faults = replicas.flatMap(({ name, fault }) =>
    fault === undefined ? [] : [`${name}: ${fault}`],
  );
  if (faults.length === 0)
    return { level: 'ok', found: `${replicas.length} follow, and have what the primary has` };
  const advice = 'servers leave it out by themselves; the primary answers its reads';
  return { level: 'fault', found: faults.join('; '), advice };
}

async function checkAudit(storage: CheckedStorage, { auditKeys }: Config): Promise<Finding> {
  const verify = new VerifyAudit(storage.unitOfWork, sha256, auditKeys.map(hmacWith));
  const { sealed, waiting, head, broken } = await verify.execute();
  if (!broken)
    return {
      level: 'ok',
      found: `${sealed} entries are as they were sealed${waiting > 0 ? `, ${waiting} wait` : ''}; head ${head}`,
    };
  const at = broken.seq === null ? '' : ` at seq ${broken.seq}`;
  const advice =
    'keep a copy of the database as it is, and compare it with what was forwarded or backed up';
  return { level: 'fault', found: `broken${at}: ${broken.problem}`, advice };
}
