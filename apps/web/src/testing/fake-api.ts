import type { paths, Schemas } from '@cloudpam/api-client';

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** What a call answers when it succeeds, by the contract. */
type AnswerTo<Path extends keyof paths, M extends Method> = paths[Path][M] extends {
  responses: infer Responses;
}
  ? Responses extends { 200: { content: { 'application/json': infer Body } } }
    ? Body
    : Responses extends { 201: { content: { 'application/json': infer Body } } }
      ? Body
      : Responses extends { 202: { content: { 'application/json': infer Body } } }
        ? Body
        : Blob
  : never;

/** A call that the page has made. */
export interface Call {
  readonly line: string;
  readonly query: { readonly [name: string]: string };
  readonly body: unknown;
  /** What was sent as a form with files. */
  readonly form: FormData | undefined;
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

/** Lines of an answer. */
type Lines = Iterable<object> | AsyncIterable<object>;

type Answerer = (call: Call) => Response;

/**
 * The far end of the network: answers what the page asks by real HTTP answers, whose bodies are
 * those of the contract. What is given last counts.
 */
export class FakeApi {
  readonly calls: Call[] = [];
  /** Calls that nothing was given for. */
  readonly unexpected: string[] = [];
  private readonly answerers: { readonly line: RegExp; readonly answer: Answerer }[] = [];

  /** Answers a call, always alike or by what it asks. */
  on<M extends Method, Path extends keyof paths>(
    method: M,
    path: Path,
    answer: AnswerTo<Path, M> | ((call: Call) => AnswerTo<Path, M>),
  ): this {
    return this.answerBy(method, path, (call) => {
      const body =
        typeof answer === 'function' ? (answer as (call: Call) => unknown)(call) : answer;
      return body instanceof Blob ? new Response(body) : Response.json(body);
    });
  }

  /** Answers a call by a file, named as the server would. */
  file(path: keyof paths, nameOf: (call: Call) => string, textOf: (call: Call) => string): this {
    return this.answerBy('get', path, (call) => {
      const disposition = `attachment; filename="${nameOf(call)}"`;
      return new Response(textOf(call), { headers: { 'content-disposition': disposition } });
    });
  }

  /** Refuses a call by a problem. */
  refuse(
    method: Method,
    path: keyof paths,
    status: number,
    problem: Partial<Schemas['Problem']>,
  ): this {
    const headers = { 'content-type': 'application/problem+json' };
    return this.answerBy(method, path, () =>
      Response.json({ title: problem.code, status, ...problem }, { status, headers }),
    );
  }

  /** Cuts the connection of a call. */
  cut(method: Method, path: keyof paths): this {
    return this.answerBy(method, path, () => {
      throw new TypeError('Failed to fetch');
    });
  }

  /** Answers a call by lines of JSON, each when it is there, until the caller goes. */
  lines(method: Method, path: keyof paths, answer: (call: Call) => Lines): this {
    return this.answerBy(method, path, (call) => {
      const encoder = new TextEncoder();
      const stream = new ReadableStream({
        async start(controller) {
          call.signal.addEventListener('abort', () => controller.error(call.signal.reason));
          for await (const line of answer(call))
            controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
          if (!call.signal.aborted) controller.close();
        },
      });
      return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
    });
  }

  /** Answers who listens to a stream, by what is sent over it later. */
  stream(path: keyof paths): FakeStream {
    const stream = new FakeStream();
    this.answerBy('get', path, ({ signal }) => stream.answer(signal));
    return stream;
  }

  /** The calls of a method and path that were made. */
  made(method: Method, path: keyof paths): readonly Call[] {
    return this.calls.filter(({ line }) => lineOf(method, path).test(line));
  }

  readonly fetch = async (request: RequestInfo | URL): Promise<Response> => {
    if (!(request instanceof Request)) throw new Error('the client of the page gives requests');
    const { pathname, searchParams } = new URL(request.url);
    const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data');
    const form = isForm ? await request.formData() : undefined;
    const text = isForm ? '' : await request.text();
    const call: Call = {
      line: `${request.method} ${pathname}`,
      query: Object.fromEntries(searchParams),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      form,
      headers: request.headers,
      signal: request.signal,
    };
    this.calls.push(call);
    const found = this.answerers.findLast(({ line }) => line.test(call.line));
    if (found) return found.answer(call);
    this.unexpected.push(call.line);
    return Response.json({ code: 'unexpected', title: 'Unexpected' }, { status: 404 });
  };

  private answerBy(method: Method, path: keyof paths, answer: Answerer): this {
    this.answerers.push({ line: lineOf(method, path), answer });
    return this;
  }
}

/** A stream as the server would send it, to all who listen. */
export class FakeStream {
  private readonly open = new Set<ReadableStreamDefaultController<Uint8Array>>();

  /** How many listen. */
  get size(): number {
    return this.open.size;
  }

  answer(signal: AbortSignal): Response {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.open.add(controller);
        signal.addEventListener('abort', () => {
          if (this.open.delete(controller)) controller.error(signal.reason);
        });
      },
    });
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  }

  /** Sends a message. */
  send(message: object): void {
    const bytes = new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`);
    for (const each of this.open) each.enqueue(bytes);
  }

  /** Ends all connections, as a server that ends. */
  end(): void {
    for (const each of this.open) each.close();
    this.open.clear();
  }
}

function lineOf(method: Method, path: string): RegExp {
  return new RegExp(`^${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}
