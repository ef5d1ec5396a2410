import type { Command } from 'commander';
import { fileLine } from '../discovery/file-line';
import { ImportSnapshots } from '../discovery/import-snapshots';
import type { CommandContext, Serve } from './command';

/** Commands about snapshot files. */
export function addSnapshotCommands(program: Command, serve: Serve): void {
  program
    .command('import-snapshots')
    .description('takes the snapshot files of a folder, once; exit code 1 when one was refused')
    .argument('<DIR>', 'the folder')
    .action((folder: string) => serve((context) => importSnapshots(context, folder)));
}

async function importSnapshots({ app, say }: CommandContext, folder: string): Promise<number> {
  const counts = { applied: 0, refused: 0, left: 0 };
  await app.get(ImportSnapshots).execute(folder, (outcome) => {
    counts[outcome.kind] += 1;
    say(fileLine(outcome));
  });
  const left = counts.left > 0 ? `, ${counts.left} not complete yet` : '';
  say(`${counts.applied} applied, ${counts.refused} refused${left}`);
  return counts.refused > 0 ? 1 : 0;
}
