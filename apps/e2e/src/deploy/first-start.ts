import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { mountsOf, readCompose } from './compose';

/** Runs the first start of a folder with volumes in another one; gives what it prints. */
export function firstStart(
  folder: string,
  volumes: string,
  addresses: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): string {
  const service = readCompose(folder, {}).services['first-start'];
  if (!service) throw new Error('there is no first-start');
  const secrets = path.join(volumes, 'as-mounted');
  mkdirSync(secrets, { recursive: true });
  for (const { source, target } of mountsOf(service).filter((each) => isSecret(each.target))) {
    mkdirSync(path.join(volumes, source), { recursive: true });
    const link = path.join(secrets, path.basename(target));
    if (!existsSync(link)) symlinkSync(path.join('..', source), link);
  }
  const script = path.join(folder, service.entrypoint?.[1] ?? '');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env: { ...service.environment, ...addresses, SECRETS: secrets },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function isSecret(target: string): boolean {
  return target.startsWith('/secrets/');
}
