import { Inject, Injectable, type OnModuleInit, type OnApplicationShutdown } from '@nestjs/common';
import { StorageUnavailable } from '@cloudpam/audit';
import type { ErrorEvent, EventHint } from '@sentry/nestjs';
import { LRUCache } from 'lru-cache';
import { warn } from '../background/lines';
import { CONFIG, type Config } from '../config/config';
import { VERSION } from '../config/version';

/** So long the last reports may take to go out, in milliseconds. */
const LAST_REPORTS_MS = 2_000;
/** Work that is done again every second sends the same error once in so long. */
const SAME_ERROR_MS = 3_600_000;
const MOST_KINDS = 1_000;

/** Where an error came to light. */
interface Asked {
  readonly method: string;
  /** The route with the names of its parameters, and not the address that was asked. */
  readonly route: string;
  /** Finds what the log has of it. */
  readonly request_id: string;
}

/** Reports errors to Sentry, where `SENTRY_DSN` says where. */
@Injectable()
export class ErrorReports implements OnModuleInit, OnApplicationShutdown {
  private sentry: typeof import('@sentry/nestjs') | undefined;
  private readonly sent = new LRUCache<string, true>({ max: MOST_KINDS, ttl: SAME_ERROR_MS });

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const { sentryDsn: dsn } = this.config;
    if (dsn === undefined) return;
    // Loaded by those alone who use it: it costs memory, and a third of the time of a start.
    const sentry = await import('@sentry/nestjs');
    sentry.init({
      dsn,
      release: `cloudpam@${VERSION}`,
      // The others collect requests, headers, addresses, host names and the values of variables.
      defaultIntegrations: false,
      integrations: [
        sentry.linkedErrorsIntegration(),
        sentry.rewriteFramesIntegration({ root: process.cwd() }),
        sentry.onUncaughtExceptionIntegration(),
        // As Node does without it: the process ends.
        sentry.onUnhandledRejectionIntegration({ mode: 'strict' }),
      ],
      includeServerName: false,
      maxBreadcrumbs: 0,
      skipOpenTelemetrySetup: true,
      beforeSend: reportOf,
    });
    this.sentry = sentry;
  }

  /** Sends an error that a request ended with. */
  report(error: unknown, asked: Asked): void {
    this.sentry?.captureException(error, { tags: { ...asked } });
  }

  /**
   * Tells of work beside the requests that failed, and sends the error. A database that is away is
   * told alone, as with requests.
   * @param work which it was, in a word
   * @param what failed, in words
   */
  workFailed(work: string, what: string, error: unknown): void {
    warn(`${what}: ${String(error)}`);
    if (error instanceof StorageUnavailable) return;
    const kind = `${work} ${causesOf(error)
      .map((each) => `${each instanceof Error ? each.name : ''} ${codeOf(each)}`)
      .join(', ')}`;
    if (this.sent.has(kind)) return;
    this.sent.set(kind, true);
    this.sentry?.captureException(error, { tags: { work } });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sentry?.close(LAST_REPORTS_MS);
  }
}

/**
 * What of an event is sent: the classes of the errors, their codes, and where in the program they
 * arose. What an error says can repeat what somebody has sent, so it stands in the log alone.
 */
function reportOf(event: ErrorEvent, hint: EventHint): ErrorEvent {
  const causes = causesOf(hint.originalException);
  // Of the last cause first.
  const values = (event.exception?.values ?? []).map(
    ({ type, stacktrace, mechanism }, at, all) => ({
      type,
      value: codeOf(causes[all.length - 1 - at]),
      stacktrace: stacktrace && { frames: stacktrace.frames },
      mechanism: mechanism && { type: mechanism.type, handled: mechanism.handled },
    }),
  );
  const { type, event_id, timestamp, platform, level, release, environment, sdk, tags } = event;
  return {
    ...{ type, event_id, timestamp, platform, level, release, environment, sdk, tags },
    exception: { values },
  };
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}

/** `SQLITE_ERROR`, `ECONNRESET`, `23505`; empty where there is no such code. */
function codeOf(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : '';
}
