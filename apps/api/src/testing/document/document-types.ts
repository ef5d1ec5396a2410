/** What the check reads of an OpenAPI document. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Body & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Response | Reference>>;
  /** The codes of its problems, by status. */
  readonly 'x-problems'?: Readonly<Record<string, readonly string[]>>;
}

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  /** The operation whose answer it gives. */
  readonly 'x-answer-of'?: string;
}

export interface Body {
  readonly content?: Readonly<
    Record<
      string,
      { readonly schema?: Schema; readonly examples?: Readonly<Record<string, unknown>> }
    >
  >;
}

export interface Response extends Body {
  readonly headers?: Readonly<Record<string, unknown>>;
}

export type Schema = Readonly<Record<string, unknown>>;

/** A request and its answer, as the server has read the one and sends the other. */
export interface Exchange {
  readonly method: string;
  /** The path that was asked. */
  readonly url: string;
  /** The route as Fastify has it, `/api/v1/pools/:id`; undefined where there is none. */
  readonly route: string | undefined;
  readonly query: Readonly<Record<string, unknown>>;
  readonly requestHeaders: Readonly<Record<string, unknown>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined where it is a stream. */
  readonly body: string | undefined;
}
