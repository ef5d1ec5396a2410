import { once } from 'node:events';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { say } from '../background/lines';
import { readConfig } from '../config/config';
import { AUDIT_COMMANDS } from './audit-commands';
import { UsageError, type Command } from './command';
import { PROVIDER_COMMANDS } from './provider-commands';
import { SNAPSHOT_COMMANDS } from './snapshot-commands';
import { TOKEN_COMMANDS } from './token-commands';

const COMMANDS: readonly Command[] = [
  ...AUDIT_COMMANDS,
  ...PROVIDER_COMMANDS,
  ...SNAPSHOT_COMMANDS,
  ...TOKEN_COMMANDS,
];

/**
 * Runs the command that was typed, on the database of the settings. Gives the exit code: 2 for what
 * is no command.
 */
export async function runCommand(typed: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) =>
    name.split(' ').every((word, at) => word === typed[at]),
  );
  if (!command || typed.includes('--help')) {
    say(
      command
        ? `${command.name} ${command.takes}\n  ${command.summary}`
        : `Commands:\n${COMMANDS.map(({ name, takes, summary }) => `  ${name} ${takes}\n      ${summary}`).join('\n')}`,
    );
    return command || typed.length === 0 || typed[0] === '--help' ? 0 : 2;
  }
  const config = readConfig(process.env);
  if (config.databaseUrl === 'memory:') {
    process.stderr.write(
      'What a server keeps in memory is out of reach for a command; DATABASE_URL must name a ' +
        'file or a PostgreSQL database.\n',
    );
    return 2;
  }
  const app = await NestFactory.createApplicationContext(AppModule.over(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    return await command.run(typed.slice(command.name.split(' ').length), {
      app,
      say,
      write,
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    await app.close();
  }
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
