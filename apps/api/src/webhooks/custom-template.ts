import Mustache from 'mustache';
import { WebhookError, type CloudEvent } from '@cloudpam/events';

/** Longest template, in characters. */
export const TEMPLATE_LENGTH = 8_192;
/** Sections in sections. */
const DEPTH = 4;
/** What a body may cost: characters of values, and of the template for each pass of a section. */
const BUDGET = 262_144;

type Token = readonly unknown[];
/** Names that stand in a text of the JSON, between quotes. */
type Quoted = ReadonlySet<Token>;

class Budget {
  private left = BUDGET;

  constructor(readonly pass: number) {}

  spend(cost: number): void {
    this.left -= cost;
    if (this.left < 0) throw new Error('the body would be too large');
  }
}

/** Looks names up among the event's own fields alone, and counts what that costs. */
class EventContext extends Mustache.Context {
  constructor(
    override readonly view: unknown,
    private readonly budget: Budget,
    private readonly above?: EventContext,
  ) {
    super(view, above);
  }

  override push(view: unknown): EventContext {
    this.budget.spend(this.budget.pass);
    return new EventContext(view, this.budget, this);
  }

  override lookup(name: string): unknown {
    this.budget.spend(1);
    if (name === '.') return this.view;
    const path = name.split('.');
    const found = path.reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Record<string, unknown>)[key] // it is its own
          : undefined,
      this.view,
    );
    return found === undefined ? this.above?.lookup(name) : found;
  }
}

/** Writes values so that whatever they are the body stays JSON. */
class JsonWriter extends Mustache.Writer {
  constructor(
    private readonly quoted: Quoted,
    private readonly budget: Budget,
  ) {
    super();
  }

  override escapedValue(token: string[], context: Mustache.Context): string {
    const value: unknown = context.lookup(token[1] ?? '') ?? null;
    const text = this.quoted.has(token) ? inQuotes(value) : JSON.stringify(value);
    this.budget.spend(text.length);
    return text;
  }
}

/** A value between quotes: nothing where there is none, of objects their JSON as a text. */
function inQuotes(value: unknown): string {
  if (value === null) return '';
  return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
}

/**
 * The body that a template of one's own makes of an event: Mustache without partials, unescaped
 * values and code. Between quotes values are texts; elsewhere they are JSON, `null` where there is none.
 * @throws WebhookError `invalid_template` for what is no such template, or makes no JSON
 */
export function customBody(
  template: string,
  event: CloudEvent & { readonly summary: string },
): string {
  try {
    const budget = new Budget(template.length);
    const quoted = new Set<Token>();
    const writer = new JsonWriter(quoted, budget);
    // It would keep every template that it has ever seen.
    Object.assign(writer, { templateCache: undefined });
    const tokens = writer.parse(template) as string[][]; // as Mustache takes them itself
    checkTokens(tokens, quoted);
    const body = writer.renderTokens(tokens, new EventContext(event, budget));
    JSON.parse(body);
    return body;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WebhookError(
      'invalid_template',
      `The template cannot be used: ${why}.`,
      'template.text',
    );
  }
}

/**
 * Refuses what is not taken, and notes which names stand between quotes.
 * @param isQuoted whether the tokens begin there
 * @returns whether they end there
 */
function checkTokens(
  tokens: readonly Token[],
  quoted: Set<Token>,
  isQuoted = false,
  depth = 0,
): boolean {
  if (depth > DEPTH) throw new Error(`sections lie more than ${DEPTH} deep`);
  for (const token of tokens) {
    const [kind, text, , , inner] = token;
    if (kind === '&') throw new Error('values are always escaped: write {{name}}');
    if (kind === '>') throw new Error('there are no partials');
    if (kind === '=') throw new Error('the delimiters cannot be changed');
    if (kind === 'text') isQuoted = endsQuoted(String(text), isQuoted);
    if (kind === 'name' && isQuoted) quoted.add(token);
    if (kind === '#' || kind === '^') {
      // As Mustache nests them. It is there any number of times.
      if (checkTokens(inner as readonly Token[], quoted, isQuoted, depth + 1) !== isQuoted)
        throw new Error('a section has both quotes of a text, or none');
    }
  }
  return isQuoted;
}

/** Whether a piece of JSON ends between quotes. @param isQuoted whether it begins there */
function endsQuoted(text: string, isQuoted: boolean): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === '\\' && isQuoted && ++at === text.length)
      throw new Error('a backslash stands before braces');
  }
  return isQuoted;
}
