/** One change of state that can be taken back and made again. */
export interface Step {
  undo(): void;
  redo(): void;
}

/** A view of the state as it was committed when the view was opened. */
export interface View {
  /** How many runs were committed since. */
  behind: number;
}

/**
 * The changes of the run that is in progress, so that it can be rolled back, and of the runs
 * committed since the oldest open view, so that a view can be shown its own state. Only one run is
 * in progress at a time.
 */
export class History {
  private running: Step[] | undefined;
  private committed: Step[][] = [];
  private readonly views = new Set<View>();
  private readonly checks: (() => void)[] = [];
  private looking = false;

  /** Adds a check that a run must pass to be committed; it throws to refuse. */
  beforeCommit(check: () => void): void {
    this.checks.push(check);
  }

  /** Makes a change as part of the run. @throws Error outside a run, and inside `look` */
  apply(step: Step): void {
    if (this.looking) throw new Error('a read must not write');
    if (!this.running) throw new Error('a write outside a run');
    step.redo();
    this.running.push(step);
  }

  begin(): void {
    this.running = [];
  }

  /**
   * Ends the run and keeps its changes. @throws what a check throws; the run is then still in
   * progress
   */
  commit(): void {
    for (const check of this.checks) check();
    if (this.views.size > 0) {
      this.committed.push(this.running ?? []);
      for (const view of this.views) view.behind++;
    }
    this.running = undefined;
  }

  /** Ends the run and takes its changes back. */
  rollBack(): void {
    undo(this.running ?? []);
    this.running = undefined;
  }

  open(): View {
    const view = { behind: 0 };
    this.views.add(view);
    return view;
  }

  close(view: View): void {
    this.views.delete(view);
    const needed = Math.max(0, ...[...this.views].map((each) => each.behind));
    this.committed.splice(0, this.committed.length - needed);
  }

  /**
   * What `work`, which must do all its reading before it returns, sees in the state of the view.
   */
  look<T>(view: View, work: () => T): T {
    const later = [
      ...this.committed.slice(this.committed.length - view.behind).flat(),
      ...(this.running ?? []),
    ];
    undo(later);
    this.looking = true;
    try {
      return work();
    } finally {
      this.looking = false;
      for (const step of later) step.redo();
    }
  }
}

function undo(steps: readonly Step[]): void {
  for (const step of steps.toReversed()) step.undo();
}
