import { createHash } from 'node:crypto';
import { InvalidCursor } from '@cloudpam/pools';

const MARK_LENGTH = 11;

/** Cursors of a list that go on only in a list with the same filter. */
export class BoundCursor {
  private readonly mark: string;

  /** @param filter all that decides what the list holds */
  constructor(filter: object) {
    const text = JSON.stringify(filter, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    this.mark = createHash('sha256').update(text).digest('base64url').slice(0, MARK_LENGTH);
  }

  /**
   * The store's cursor in one that a client sent. @throws InvalidCursor for that of another list
   */
  read(cursor: string | undefined): string | undefined {
    if (cursor === undefined) return undefined;
    if (!cursor.startsWith(`${this.mark}.`)) throw new InvalidCursor();
    return cursor.slice(MARK_LENGTH + 1);
  }

  /**
   * The number in a cursor that a client sent, as the store tells places in its list. @throws
   * InvalidCursor
   */
  readNumber(cursor: string | undefined): bigint | undefined {
    const text = this.read(cursor);
    if (text === undefined) return undefined;
    if (!/^\d{1,40}$/.test(text)) throw new InvalidCursor();
    return BigInt(text);
  }

  /** The same for an id. @throws InvalidCursor */
  readId(cursor: string | undefined): number | undefined {
    const place = this.readNumber(cursor);
    if (place === undefined) return undefined;
    const id = Number(place);
    if (!Number.isSafeInteger(id) || id < 1) throw new InvalidCursor();
    return id;
  }

  /** The cursor for the client. */
  write(cursor: string | null): string | null {
    return cursor === null ? null : `${this.mark}.${cursor}`;
  }
}
