import type { QueryClient } from '@tanstack/react-query';

/** Between two rounds, in milliseconds. */
const PAUSE_MS = 300;

/** Queries of what would be done: once it is done, it cannot be asked again. */
const PREVIEW = 'preview';

/**
 * Reads anew what is on screen, in rounds: all that was touched since the last one together. A round
 * begins when the last one has been answered for a while, so a server that is slow, or an import of
 * thousands, is not asked more often than it can answer. What is shown stays until the answer is there.
 */
export class RefreshRounds {
  private readonly touched = new Set<string>();
  private isAll = false;
  private running = false;

  constructor(private readonly client: QueryClient) {}

  /** Reads those anew whose keys begin with one of these. */
  touch(roots: Iterable<string>): void {
    for (const root of roots) this.touched.add(root);
    void this.run();
  }

  /** Reads everything anew. */
  touchAll(): void {
    this.isAll = true;
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    await pause(PAUSE_MS);
    while (this.isAll || this.touched.size > 0) {
      const [isAll, roots] = [this.isAll, new Set(this.touched)];
      this.isAll = false;
      this.touched.clear();
      const began = performance.now();
      await this.client.invalidateQueries({
        predicate: ({ queryKey: [root] }) =>
          root !== PREVIEW && (isAll || (typeof root === 'string' && roots.has(root))),
      });
      await pause(Math.max(PAUSE_MS, 2 * (performance.now() - began)));
    }
    this.running = false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
