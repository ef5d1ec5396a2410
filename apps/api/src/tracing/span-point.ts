import { ROOT_CONTEXT, SpanKind, trace, type Span, type Tracer } from '@opentelemetry/api';
import type { End, StatementName, TracePoint } from '@cloudpam/storage-typeorm';
import {
  ATTR_DB_COLLECTION_NAME,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
} from '@opentelemetry/semantic-conventions';
import { endSpan } from './span-end';

/**
 * A span under which transactions and statements are. A transaction that serves several is a span of the first; it
 * has links to the others, and they to it.
 */
export class SpanPoint implements TracePoint {
  constructor(
    private readonly tracer: Tracer,
    readonly span: Span,
  ) {}

  /** A span below this one. */
  begin(name: string, options: Parameters<Tracer['startSpan']>[1] = {}): Span {
    return this.tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, this.span));
  }

  statement({ system, operation, table }: StatementName): End {
    const span = this.begin(table === undefined ? operation : `${operation} ${table}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        [ATTR_DB_SYSTEM_NAME]: system,
        [ATTR_DB_OPERATION_NAME]: operation,
        ...(table === undefined ? {} : { [ATTR_DB_COLLECTION_NAME]: table }),
      },
    });
    return (error) => endSpan(span, error);
  }

  transaction(
    name: 'read' | 'write',
    others: readonly TracePoint[],
  ): { readonly point: TracePoint; readonly end: End } {
    const spans = others.flatMap((each) => (each instanceof SpanPoint ? [each.span] : []));
    const span = this.begin(`${name} transaction`, {
      links: spans.map((each) => ({ context: each.spanContext() })),
    });
    for (const each of spans) each.addLink({ context: span.spanContext() });
    return { point: new SpanPoint(this.tracer, span), end: (error) => endSpan(span, error) };
  }
}
