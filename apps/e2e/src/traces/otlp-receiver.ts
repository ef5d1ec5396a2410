import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../eventually';

type Value = Readonly<Record<string, unknown>>;
interface Attribute {
  readonly key: string;
  readonly value: Value;
}

/** A span as OTLP has it in JSON. */
interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly Attribute[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status?: { readonly code?: number; readonly message?: string };
}

export interface Span extends Omit<SentSpan, 'attributes' | 'links'> {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** What is said of the process. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** What came to the receiver, as it was sent. */
export interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of OTLP over HTTP. */
export class OtlpReceiver {
  readonly deliveries: Delivery[] = [];
  /** How it answers from now on. */
  manner: 'takes' | 'fails' | 'hangs' = 'takes';
  private readonly hanging: ServerResponse[] = [];

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer();
    const receiver = new OtlpReceiver(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('latin1');
        receiver.deliveries.push({ path: request.url ?? '', headers: request.headers, body });
        if (receiver.manner === 'hangs') receiver.hanging.push(response);
        else response.writeHead(receiver.manner === 'takes' ? 200 : 500).end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; // it listens on TCP
  }

  /** All spans that came as JSON. */
  get spans(): Span[] {
    return this.deliveries.flatMap(({ body }) => spansIn(body));
  }

  /** Waits until such a span has come, and gives all of its trace. */
  async traceWith(isMeant: (span: Span) => boolean): Promise<Span[]> {
    const found = (): Span | undefined => this.spans.findLast(isMeant);
    await eventually('a span', () => Promise.resolve(found() !== undefined));
    const { traceId } = found() ?? {};
    return this.spans.filter((each) => each.traceId === traceId);
  }

  /** Which of the words stand in anything that came. */
  found(words: readonly string[]): string[] {
    return words.filter((each) => this.deliveries.some(({ body }) => body.includes(each)));
  }

  async stop(): Promise<void> {
    for (const each of this.hanging) each.destroy();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

function spansIn(body: string): Span[] {
  const { resourceSpans } = JSON.parse(body) as {
    readonly resourceSpans: readonly {
      readonly resource: { readonly attributes: readonly Attribute[] };
      readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
    }[];
  };
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        ...span,
        attributes: recordOf(span.attributes ?? []),
        links: span.links ?? [],
        resource: recordOf(resource.attributes),
      })),
    ),
  );
}

function recordOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
