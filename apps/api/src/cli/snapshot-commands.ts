import { fileLine } from '../discovery/file-line';
import { ImportSnapshots } from '../discovery/import-snapshots';
import { UsageError, type Command } from './command';

const importSnapshots: Command = {
  name: 'import-snapshots',
  takes: 'DIR',
  summary: 'takes the snapshot files of a folder, once; exit code 1 when one was refused',
  async run(args, { app, say }) {
    const [folder] = args;
    if (folder === undefined || args.length > 1)
      throw new UsageError('import-snapshots takes one folder');
    const counts = { applied: 0, refused: 0, left: 0 };
    await app.get(ImportSnapshots).execute(folder, (outcome) => {
      counts[outcome.kind] += 1;
      say(fileLine(outcome));
    });
    say(
      `${counts.applied} applied, ${counts.refused} refused${
        counts.left > 0 ? `, ${counts.left} ` + 'not complete yet' : ''
      }`,
    );
    return counts.refused > 0 ? 1 : 0;
  },
};

export const SNAPSHOT_COMMANDS: readonly Command[] = [importSnapshots];
