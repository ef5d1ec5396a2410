import { StorageUnavailable, type Unavailability } from '@cloudpam/audit';
import { codeOf, messageOf } from './errors';

/**
 * Connection, shutdown, resources, authentication, timeouts of statements and locks (PostgreSQL,
 * appendix A).
 */
const NO_ANSWER_OF_POSTGRES =
  /^(08...|57P0[1-5]|53[0234]..|28...|57014|55P03|25P0[34]|3D000|XX00[012])$/;
/** Of the network (Node's codes). */
const NO_ANSWER_OF_NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
const NO_ANSWER_OF_SQLITE = /^SQLITE_(BUSY|LOCKED|CORRUPT|NOTADB|CANTOPEN)(_\w+)?$/;
const NO_ANSWER = [NO_ANSWER_OF_POSTGRES, NO_ANSWER_OF_NETWORK, NO_ANSWER_OF_SQLITE];
/** Disk full, read-only transaction, and what SQLite says of a file that it cannot write. */
const READ_ONLY = /^(53100|25006|58030|SQLITE_(FULL|READONLY|IOERR)(_\w+)?)$/;
/** What pg says without a code. */
const LOST = [
  'Connection terminated',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
  'Client was closed',
  'the connection was lost',
].map((text) => text.toLowerCase());

function isLost(error: unknown): boolean {
  const message = messageOf(error).toLowerCase();
  return LOST.some((text) => message.startsWith(text));
}

/** Why the database could not do its work; undefined for an error that is not its own. */
export function unavailabilityOf(error: unknown): Unavailability | undefined {
  const code = codeOf(error);
  if (READ_ONLY.test(code)) return 'read_only';
  return NO_ANSWER.some((codes) => codes.test(code)) || isLost(error) ? 'no_answer' : undefined;
}

/** Whether the connection itself is of no use any more. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  return isLost(error) || /^(08...|57P0[1-5]|25P0[34]|E[A-Z_]{3,})$/.test(code);
}

/** The error as the ports know it. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof StorageUnavailable) return error;
  const reason = unavailabilityOf(error);
  return reason === undefined ? error : new StorageUnavailable(reason, error);
}
