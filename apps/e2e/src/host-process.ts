import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * One of the scripts beside these tests: it says a line when it has started, and one for each line
 * that it is told. Ends with its stdin.
 */
export class HostProcess {
  private readonly lines: AsyncIterator<string, undefined>;

  private constructor(
    private readonly script: string,
    private readonly child: ChildProcessByStdio<Writable, Readable, null>,
  ) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts a script of this folder, and gives the line that it begins with. @throws Error when it
   * ends before that
   */
  static async start(
    script: string,
    ...args: string[]
  ): Promise<{ readonly host: HostProcess; readonly line: string }> {
    const child = spawn(process.execPath, [path.join(__dirname, script), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const host = new HostProcess(script, child);
    return { host, line: await host.next() };
  }

  /** Tells the script a line; resolves with what it says when it has done so. */
  tell(line: string): Promise<string> {
    this.child.stdin.write(`${line}\n`);
    return this.next();
  }

  /** Closes its stdin; resolves when it has ended. */
  async end(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.stdin.end();
    await ended;
  }

  private async next(): Promise<string> {
    const { value } = await this.lines.next();
    if (value === undefined) throw new Error(`${this.script} ended, or did not start`);
    return value;
  }
}
