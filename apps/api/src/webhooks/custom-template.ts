import Mustache from 'mustache';
import { WebhookError, type CloudEvent } from '@cloudpam/events';

/** Longest template, in characters. */
export const TEMPLATE_LENGTH = 8_192;
/** Sections in sections. */
const DEPTH = 4;
/** What a body may cost: characters of values, and of the template for each pass of a section. */
const BUDGET = 262_144;

type Token = readonly unknown[];

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

/**
 * The body that a template of one's own makes of an event: Mustache without partials, unescaped
 * values and code. Texts are escaped for JSON, objects are JSON.
 * @throws WebhookError `invalid_template` for what is no such template, or makes no JSON
 */
export function customBody(
  template: string,
  event: CloudEvent & { readonly summary: string },
): string {
  try {
    const writer = new Mustache.Writer();
    // It would keep every template that it has ever seen.
    Object.assign(writer, { templateCache: undefined });
    checkTokens(writer.parse(template) as readonly Token[]);
    const budget = new Budget(template.length);
    const escape = (value: unknown): string => {
      const json = JSON.stringify(value);
      const text = typeof value === 'string' ? json.slice(1, -1) : json;
      budget.spend(text.length);
      return text;
    };
    const body = writer.render(template, new EventContext(event, budget), undefined, { escape });
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

function checkTokens(tokens: readonly Token[], depth = 0): void {
  if (depth > DEPTH) throw new Error(`sections lie more than ${DEPTH} deep`);
  for (const [kind, , , , inner] of tokens) {
    if (kind === '&') throw new Error('values are always escaped: write {{name}}');
    if (kind === '>') throw new Error('there are no partials');
    if (kind === '=') throw new Error('the delimiters cannot be changed');
    if (kind === '#' || kind === '^') checkTokens(inner as readonly Token[], depth + 1); // as Mustache nests them
  }
}
