import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { TracingSettings } from '../config/tracing-settings';

/** Sends spans by OTLP. That it cannot is told once, until it could again. */
export function exporterOf(
  { encoding }: TracingSettings,
  tell: (line: string) => void,
): SpanExporter {
  const exporter: SpanExporter = encoding === 'json' ? new JsonExporter() : new ProtobufExporter();
  let isTold = false;
  const note = ({ code, error }: ExportResult): void => {
    const hasFailed = code !== ExportResultCode.SUCCESS;
    if (hasFailed && !isTold)
      tell(`Traces cannot be sent, and are dropped until they can: ${reasonOf(error)}`);
    isTold = hasFailed;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        note(result);
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

/** `ECONNREFUSED`, `401 Unauthorized`; what the other side says beyond that stands in no log. */
function reasonOf(error: (Error & { readonly code?: unknown }) | undefined): string {
  return [error?.code, error?.message]
    .filter((each) => each !== undefined && each !== '')
    .join(' ');
}
