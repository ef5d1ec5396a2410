import type { Worker } from 'node:cluster';
import { Channel, type Answerers } from './channel';
import { Deferred } from './deferred';
import { takeConnectionsBack } from './handed-connections';
import { STOP, type WorkerRole, type WorkerWord } from './worker';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** One that ended sooner after it was started did not do its work. */
const LIFE_MS = 60_000;
/** So many in a row: with the pauses between them most of a minute, as a database needs to come back. */
const MOST_SHORT_LIVES = 10;

/** What a slot needs. */
export interface SlotOptions {
  readonly fork: (role: WorkerRole) => Worker;
  readonly answerers: Answerers;
  /** Told to whoever started the server. */
  readonly tell: (line: string) => void;
  /** Whether any worker takes requests. */
  readonly isAnyReady: () => boolean;
  /** A worker has ended that could be asked. */
  readonly onEnd: (worker: Channel) => void;
  /** Workers end again and again. */
  readonly onGivenUp: (error: Error) => void;
  readonly firstPauseMs?: number;
}

/** The place of one worker, in which another one is started when it ends. */
export class WorkerSlot {
  private worker: Worker | undefined;
  private ready: Channel | undefined;
  private shortLives = 0;
  private again: NodeJS.Timeout | undefined;
  private isStopping = false;
  private readonly started = new Deferred<string | undefined>();
  private readonly stopped = new Deferred<number>();

  constructor(
    private readonly role: WorkerRole,
    private readonly options: SlotOptions,
  ) {}

  /** Asks the worker, while it takes requests. */
  get channel(): Channel | undefined {
    return this.ready;
  }

  get pid(): number | undefined {
    return this.worker?.process.pid;
  }

  /**
   * Starts the first worker; gives the admin token that it has made, if it had to.
   * @throws Error when it ends before it is ready
   */
  start(): Promise<string | undefined> {
    this.launch();
    return this.started.promise;
  }

  /** Ends the worker as a server ends; gives its exit code. */
  stop(): Promise<number> {
    if (!this.isStopping) {
      this.isStopping = true;
      clearTimeout(this.again);
      if (this.worker) send(this.worker, STOP);
      else this.stopped.resolve(0);
    }
    return this.stopped.promise;
  }

  /** Ends the worker at once. */
  kill(): void {
    this.isStopping = true;
    clearTimeout(this.again);
    this.worker?.process.kill('SIGKILL');
  }

  private launch(): void {
    const { fork, answerers, isAnyReady, onEnd, tell } = this.options;
    const worker = fork(this.role);
    this.worker = worker;
    const began = performance.now();
    const channel = new Channel((message) => send(worker, message), answerers);
    let why: string | undefined;
    worker.on('message', (message: WorkerWord | object) => {
      if (!('word' in message)) channel.take(message);
      else if (message.word === 'failed') why = message.why;
      else {
        this.ready = channel;
        if (this.shortLives > 0) tell(`Worker ${worker.process.pid} is ready.`);
        this.started.resolve(message.token);
      }
    });
    worker.once('disconnect', () => (this.ready = undefined));
    takeConnectionsBack(worker, isAnyReady);
    let hasEnded = false;
    const end = (how: string, code: number): void => {
      if (hasEnded) return;
      hasEnded = true;
      this.worker = this.ready = undefined;
      channel.end();
      onEnd(channel);
      this.ended(why ?? how, code, performance.now() - began);
    };
    // It could not be started: then nothing exits.
    worker.on('error', (error) => worker.process.pid === undefined && end(error.message, 1));
    worker.once('exit', (code: number | null, signal: string | null) =>
      end(
        `worker ${worker.process.pid} ended ${signal ? `by ${signal}` : `with ${code}`}`,
        code ?? 1,
      ),
    );
  }

  private ended(how: string, code: number, livedMs: number): void {
    const { firstPauseMs = FIRST_PAUSE_MS, onGivenUp, tell } = this.options;
    if (this.isStopping) return this.stopped.resolve(code);
    // Of one that was ready before nobody waits for the start.
    this.started.reject(new Error(how));
    this.shortLives = livedMs < LIFE_MS ? this.shortLives + 1 : 1;
    if (this.shortLives >= MOST_SHORT_LIVES)
      return onGivenUp(
        new Error(`${this.shortLives} workers in a row have ended, at last: ${how}`),
      );
    const pauseMs = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (this.shortLives - 1));
    tell(`${how}; another one is started in ${pauseMs / 1_000} s`);
    this.again = setTimeout(() => this.launch(), pauseMs);
  }
}

/** What cannot be sent any more is lost: its end is told too. */
function send(worker: Worker, message: object): void {
  worker.process.send?.(message, () => undefined);
}
