/** What a check has found. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'fault';
  /** What is the case. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** So many faults of one kind are told. */
const TOLD = 5;

/** The finding of a check that looks for faults one by one. */
export class Faults {
  private readonly told: string[] = [];
  private count = 0;

  add(...faults: readonly string[]): void {
    this.count += faults.length;
    this.told.push(...faults.slice(0, TOLD - this.told.length));
  }

  /** @param fine what is the case where there are none */
  finding(fine: string, advice: string): Finding {
    if (this.count === 0) return { level: 'ok', found: fine };
    const more = this.count - this.told.length;
    const found = `${this.told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
    return { level: 'fault', found, advice };
  }
}
