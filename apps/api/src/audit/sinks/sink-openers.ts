import type { EventSink } from '@cloudpam/sinks';
import type { SinkSettings } from '../../config/sink-settings';
import type { SinkKind } from './sink-names';

/** A platform of the settings, and how a connection to it is opened. */
export interface SinkOpener {
  readonly kind: SinkKind;
  /** What people call it. */
  readonly what: string;
  /**
   * Opens a connection. A bucket is asked for nothing before it gets objects.
   * @throws Error where the platform is away, shows a certificate that nobody knows, or refuses the login
   */
  readonly open: () => Promise<EventSink>;
}

/** The platforms of the settings. What speaks to one is loaded when it is opened. */
export function sinkOpeners({ kafka, nats, s3 }: SinkSettings): readonly SinkOpener[] {
  const all: SinkOpener[] = [];
  if (kafka)
    all.push({
      kind: 'kafka',
      what: 'Kafka',
      open: async () => (await import('@cloudpam/sinks/kafka')).openKafkaSink(kafka),
    });
  if (nats)
    all.push({
      kind: 'nats',
      what: 'NATS',
      open: async () => (await import('@cloudpam/sinks/nats')).openNatsSink(nats),
    });
  if (s3)
    all.push({
      kind: 's3',
      what: 'the bucket',
      open: async () => (await import('@cloudpam/sinks/s3')).openS3Sink(s3),
    });
  return all;
}
