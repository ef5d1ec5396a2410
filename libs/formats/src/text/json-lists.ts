/** An element of a list in a JSON document. */
export interface JsonElement {
  /** The key of the list in the object that is the document; null where the list is the document. */
  readonly key: string | null;
  /** Its number in its list, from 1. */
  readonly number: number;
  /** undefined where it is longer or deeper than anything that is meant to be read. */
  readonly text: string | undefined;
}

/** Characters and depth of one element; what has more is no record of a network. */
const LONGEST = 1_000_000;
const DEEPEST = 64;

/**
 * Finds the elements of the lists that a document is, or that are the values of the object that it
 * is. Nothing is parsed: a document may be large, and its elements are small.
 */
export class JsonLists {
  private depth = 0;
  private quoted = false;
  private escaped = false;
  /** The kind of the bracket at each of the first two depths. */
  private readonly open: string[] = [];
  private key: string | null = null;
  private number = 0;
  /** Text of the element, the key, or the value that is read. */
  private text = '';
  private tooLong = false;
  private deepest = 0;
  /** Where the text began in this piece; -1: none is read. */
  private from = -1;
  private ended = false;

  /** The elements that end in the next piece of the text. */
  add(piece: string): JsonElement[] {
    const found: JsonElement[] = [];
    if (this.from !== -1) this.from = 0;
    for (let at = 0; at < piece.length; at++) this.step(piece, at, found);
    if (this.from !== -1) this.keep(piece.slice(this.from));
    return found;
  }

  /** Whether the document was whole: every bracket and quote is closed. */
  get whole(): boolean {
    return this.ended && this.depth === 0 && !this.quoted;
  }

  /** Depth at which elements begin: in a list that is the document, or that is in its object. */
  private get elements(): number {
    return this.open[0] === '[' ? 1 : 2;
  }

  private step(piece: string, at: number, found: JsonElement[]): void {
    const sign = piece.charCodeAt(at);
    if (this.quoted) {
      if (this.escaped) this.escaped = false;
      else if (sign === 0x5c) this.escaped = true;
      else if (sign === 0x22) this.endQuote(piece, at);
      return;
    }
    switch (sign) {
      case 0x22: // "
        this.begin(at);
        this.quoted = true;
        return;
      case 0x7b: // {
      case 0x5b: // [
        this.begin(at);
        this.depth++;
        this.deepest = Math.max(this.deepest, this.depth);
        if (this.depth <= 2) this.open[this.depth - 1] = piece.charAt(at);
        if (this.depth === this.elements) this.startList();
        return;
      case 0x7d: // }
      case 0x5d: // ]
        if (this.depth === this.elements) this.endElement(piece, at, found);
        this.depth--;
        if (this.depth === 0) this.ended = true;
        return;
      case 0x2c: // ,
        if (this.depth === this.elements) this.endElement(piece, at, found);
        return;
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
        return;
      default:
        this.begin(at);
    }
  }

  private get inList(): boolean {
    return this.depth >= this.elements && this.open[this.elements - 1] === '[';
  }

  /** Begins an element, or a key of the object that the document is. */
  private begin(at: number): void {
    if (this.from !== -1) return;
    const isKey = this.depth === 1 && this.elements === 2;
    if (!isKey && !(this.depth === this.elements && this.inList)) return;
    this.from = at;
    this.deepest = this.depth;
  }

  private startList(): void {
    this.drop();
    this.number = 0;
  }

  private endQuote(piece: string, at: number): void {
    this.quoted = false;
    if (this.depth !== 1 || this.elements !== 2 || this.from === -1) return;
    this.keep(piece.slice(this.from, at + 1));
    this.key = keyOf(this.text);
    this.drop();
  }

  private endElement(piece: string, at: number, found: JsonElement[]): void {
    if (this.from === -1 || !this.inList) return this.drop();
    this.keep(piece.slice(this.from, at));
    const fits = !this.tooLong && this.deepest <= DEEPEST;
    const text = fits ? this.text : undefined;
    found.push({ key: this.elements === 1 ? null : this.key, number: ++this.number, text });
    this.drop();
  }

  private keep(text: string): void {
    if (this.text.length + text.length > LONGEST) this.tooLong = true;
    else if (!this.tooLong) this.text += text;
  }

  private drop(): void {
    this.text = '';
    this.tooLong = false;
    this.from = -1;
    this.deepest = 0;
  }
}

function keyOf(text: string): string | null {
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}
