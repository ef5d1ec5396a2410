import type { INestApplicationContext } from '@nestjs/common';
import { CommanderError } from 'commander';

export interface CommandContext {
  /** The application of the server, without what runs beside the requests. */
  readonly app: INestApplicationContext;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Data, as it is; resolves when it has gone out. */
  readonly write: (text: string) => Promise<void>;
}

/**
 * Does the work of a command on the server's database, without the server.
 * @param work gives the exit code
 */
export type Serve = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

/** What a command is given that works beneath the application, on whatever schema the database has. */
export interface BareContext extends Omit<CommandContext, 'app'> {
  readonly env: NodeJS.ProcessEnv;
  /** One line about how far the work is, beside its result. */
  readonly note: (line: string) => void;
}

/**
 * Does the work of a command without the application, which would bring the schema up to date.
 * @param work gives the exit code
 */
export type ServeBare = (work: (context: BareContext) => Promise<number>) => Promise<void>;

/** What was typed cannot be done; the message says why. */
export class UsageError extends CommanderError {
  constructor(message: string) {
    super(2, 'cloudpam.usage', message);
  }
}
