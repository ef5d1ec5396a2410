import { once } from 'node:events';
import { NestFactory } from '@nestjs/core';
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { AppModule } from '../app.module';
import { say, warn } from '../background/lines';
import { readConfig } from '../config/config';
import { VERSION_TEXT } from '../config/version';
import { addAuditCommands } from './audit-commands';
import { addBackupCommands } from './backup-commands';
import { UsageError, type CommandContext, type Serve, type ServeBare } from './command';
import { addDoctorCommand } from './doctor/doctor-command';
import { addEventCommands } from './event-commands';
import { addImportCommand } from './import-command';
import { addProviderCommands } from './provider-commands';
import { addSnapshotCommands } from './snapshot-commands';
import { addTokenCommands } from './token-commands';
import { addWebhookCommands } from './webhook-commands';

/** What is no command, or cannot be done as it was typed. */
const WRONG = 2;

/**
 * All commands. Parsing throws CommanderError for what is none of them, and after help.
 * @param serve does the work of the one that was typed
 * @param serveBare the same, for those that need no application
 */
export function commandsOver(
  serve: Serve,
  serveBare: ServeBare,
  output: OutputConfiguration = {},
): Command {
  const program = new Command('cloudpam')
    .description("Commands on the server's database")
    .version(VERSION_TEXT)
    .exitOverride()
    .configureOutput(output)
    .showHelpAfterError()
    .helpCommand(false)
    .configureHelp({ visibleCommands: leavesOf, subcommandTerm: termOf });
  addAuditCommands(program, serve);
  addBackupCommands(program, serveBare);
  addDoctorCommand(program, serveBare);
  addEventCommands(program, serve);
  addImportCommand(program, serve);
  addProviderCommands(program, serve);
  addSnapshotCommands(program, serve);
  addTokenCommands(program, serve);
  addWebhookCommands(program, serve);
  return program;
}

/** The commands that do something: those of the groups. */
function leavesOf(command: Command): Command[] {
  return command.commands.flatMap((each) => (each.commands.length > 0 ? leavesOf(each) : [each]));
}

/** `token rotate <ID>` */
function termOf(command: Command): string {
  const group = command.parent?.parent ? `${command.parent.name()} ` : '';
  const takes = command.registeredArguments.map((each) => ` <${each.name()}>`).join('');
  return `${group}${command.name()}${takes}${command.options.length > 0 ? ' [options]' : ''}`;
}

/**
 * Runs the command that was typed, on the database of the settings. Gives the exit code: 2 for what
 * is no command.
 */
export async function runCommand(typed: readonly string[]): Promise<number> {
  let code = 0;
  process.stdout.on('error', endWithReader);
  const program = commandsOver(
    async (work) => {
      code = await onDatabase(work);
    },
    async (work) => {
      code = await work({ env: process.env, say, write, note: warn });
    },
  );
  try {
    await program.parseAsync(typed.length === 0 ? ['--help'] : [...typed], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error instanceof UsageError) process.stderr.write(`${error.message}\n`);
    return error.exitCode === 0 ? 0 : WRONG;
  }
}

/** Does work with the application of the server, and ends it. */
async function onDatabase(work: (context: CommandContext) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  if (config.databaseUrl === 'memory:')
    throw new UsageError(
      'What a server keeps in memory is out of reach for a command; DATABASE_URL must name a ' +
        'file or a PostgreSQL database.',
    );
  const app = await NestFactory.createApplicationContext(
    AppModule.over({ ...config, databaseReplicas: [] }),
    {
      logger: ['error', 'warn'],
      abortOnError: false,
    },
  );
  try {
    return await work({ app, say, write });
  } finally {
    await app.close();
  }
}

/** Who reads a part of what is written, as `head` does, has what they want. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
