import { listed } from './listed';

const POSTGRES_URL = /^postgres(ql)?:\/\/.+/;

/** Reads `DATABASE_REPLICAS`. Passwords are in it: a mistake is told by its place. */
export function readReplicas(
  env: NodeJS.ProcessEnv,
  databaseUrl: string,
  mistakes: string[],
): readonly string[] {
  const urls = listed(env['DATABASE_REPLICAS']);
  if (urls.length > 0 && !POSTGRES_URL.test(databaseUrl))
    mistakes.push('DATABASE_REPLICAS needs a DATABASE_URL of PostgreSQL');
  for (const [at, url] of urls.entries()) {
    const which = `DATABASE_REPLICAS: number ${at + 1}`;
    if (!POSTGRES_URL.test(url) || !URL.canParse(url))
      mistakes.push(`${which} must be postgres://USER:PASSWORD@HOST/DATABASE`);
    else if (url === databaseUrl) mistakes.push(`${which} is the DATABASE_URL itself`);
    else if (urls.indexOf(url) < at) mistakes.push(`${which} stands there twice`);
  }
  return urls;
}
