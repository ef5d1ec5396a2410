/** Makes texts small, and again what they were. */
export interface Packing {
  pack(text: string): Uint8Array;
  unpack(packed: Uint8Array): string;
}

/** UTF-8, which is no smaller. */
const UNPACKED: Packing = {
  pack: (text) => new TextEncoder().encode(text),
  unpack: (packed) => new TextDecoder().decode(packed),
};

/** So many neighbouring numbers are packed together. */
const BLOCK = 64;
/** Blocks that lie open, as neighbours are asked for one after the other. */
const OPEN = 256;

interface OpenBlock {
  readonly texts: Map<number, string>;
  changed: boolean;
}

/**
 * A text without line breaks for each of many numbers: of neighbours in one piece, as what is
 * alike in them packs well.
 */
export class PackedTexts {
  private readonly packed = new Map<number, Uint8Array>();
  /** The one that was asked for last comes last. */
  private readonly open = new Map<number, OpenBlock>();
  private count = 0;

  constructor(
    private readonly packing: Packing = UNPACKED,
    /** Texts of another time: a block that is the same in both is in memory once. */
    private readonly near?: PackedTexts,
  ) {}

  get size(): number {
    return this.count;
  }

  /** Blocks that are those of the other time. */
  get shared(): number {
    return [...this.packed].filter(([at, packed]) => this.near?.packed.get(at) === packed).length;
  }

  get(at: number): string | undefined {
    return this.blockOf(at).texts.get(at);
  }

  set(at: number, text: string): void {
    const block = this.blockOf(at);
    if (!block.texts.has(at)) this.count += 1;
    block.texts.set(at, text);
    block.changed = true;
  }

  delete(at: number): void {
    const block = this.blockOf(at);
    if (!block.texts.delete(at)) return;
    this.count -= 1;
    block.changed = true;
  }

  /** Packs what lies open; another set of texts shares with what is packed. */
  close(): void {
    for (const [at, block] of this.open) this.put(at, block);
    this.open.clear();
  }

  /** The numbers, block by block. */
  *[Symbol.iterator](): Generator<number> {
    this.close();
    for (const at of this.packed.keys()) yield* this.blockOf(at * BLOCK).texts.keys();
  }

  private blockOf(number: number): OpenBlock {
    const at = Math.floor(number / BLOCK);
    const block = this.open.get(at) ?? { texts: this.unpacked(at), changed: false };
    this.open.delete(at);
    this.open.set(at, block);
    if (this.open.size > OPEN)
      for (const [oldest, left] of this.open) {
        this.put(oldest, left);
        this.open.delete(oldest);
        break;
      }
    return block;
  }

  private unpacked(at: number): Map<number, string> {
    const packed = this.packed.get(at);
    const texts = new Map<number, string>();
    if (!packed) return texts;
    for (const line of this.packing.unpack(packed).split('\n')) {
      const end = line.indexOf(' ');
      texts.set(Number(line.slice(0, end)), line.slice(end + 1));
    }
    return texts;
  }

  private put(at: number, { texts, changed }: OpenBlock): void {
    if (!changed) return;
    if (texts.size === 0) return void this.packed.delete(at);
    const packed = this.packing.pack([...texts].map(([id, text]) => `${id} ${text}`).join('\n'));
    const other = this.near?.packed.get(at);
    this.packed.set(at, other && isSame(other, packed) ? other : packed);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
