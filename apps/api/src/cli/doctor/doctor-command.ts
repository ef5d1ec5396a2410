import type { Command } from 'commander';
import type { BareContext, ServeBare } from '../command';
import { exitCode, type Diagnosis } from './diagnosis';
import { measureDisk } from './disk-checks';
import { examine } from './examine';

/** The command that looks whether all is well. */
export function addDoctorCommand(program: Command, serve: ServeBare): void {
  program
    .command('doctor')
    .description(
      'looks at settings, database, clock, disk, log, replicas and rows, and changes nothing; ' +
        'exit code 1 when something is wrong, 2 when something could not be looked at',
    )
    .option('--json', 'one JSON document')
    .action(({ json }: { json?: true }) => serve((context) => tell(context, json === true)));
}

async function tell({ env, say }: BareContext, inJson: boolean): Promise<number> {
  const all: Diagnosis[] = [];
  for await (const each of examine({ env, measureDisk })) {
    all.push(each);
    if (!inJson) for (const line of linesOf(each)) say(line);
  }
  const code = exitCode(all);
  if (inJson) say(JSON.stringify({ ok: code === 0, checks: all }, null, 2));
  return code;
}

function linesOf({ check, level, found, advice }: Diagnosis): string[] {
  const line = `${level.padEnd(10)}${check.padEnd(12)}${found}`;
  return advice === undefined ? [line] : [line, `${' '.repeat(22)}${advice}`];
}
