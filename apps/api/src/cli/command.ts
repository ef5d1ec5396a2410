import type { INestApplicationContext } from '@nestjs/common';

export interface CommandContext {
  /** The application of the server, without what runs beside the requests. */
  readonly app: INestApplicationContext;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Data, as it is; resolves when it has gone out. */
  readonly write: (text: string) => Promise<void>;
}

/** Something that is done on the server's database without the server. */
export interface Command {
  /** What is typed: `audit verify`. */
  readonly name: string;
  /** What may stand behind the name, for the help. */
  readonly takes: string;
  readonly summary: string;
  /**
   * Gives the exit code. @throws UsageError, before anything else, for arguments that it does not
   * take
   */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<number>;
}

/** What was typed is no command; the message says what is. */
export class UsageError extends Error {}
