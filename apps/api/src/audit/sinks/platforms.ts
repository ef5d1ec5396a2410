import type { EventSink } from '@cloudpam/sinks';
import type { SinkSettings } from '../../config/sink-settings';

/** In an object of a bucket, at most. */
const OBJECT_EVENTS = 5_000;

/** A platform of the settings that gets the events of the log. */
export interface Platform {
  /** Which of those there may be: one of each. */
  readonly kind: 'kafka' | 'nats' | 's3';
  /** What people call it. */
  readonly what: string;
  /** Under which its position is kept: other brokers of a topic change nothing. */
  readonly name: string;
  /** At most so many events at once; undefined: as many as is usual. */
  readonly batch?: number;
  /** Between two looks at the log, in milliseconds; undefined: as is usual. */
  readonly everyMs?: number;
  /**
   * Whether opening a connection tells that the platform is there. A bucket is asked for nothing before it gets
   * objects.
   */
  readonly answers: boolean;
  /**
   * Opens a connection; what speaks to the platform is loaded then.
   * @throws Error where the platform is away, shows a certificate that nobody knows, or refuses the login
   */
  readonly open: () => Promise<EventSink>;
}

/** The platforms of the settings. */
export function platformsOf({ kafka, nats, s3, s3EveryMs }: SinkSettings): readonly Platform[] {
  const platforms: Platform[] = [];
  if (kafka)
    platforms.push({
      ...{ kind: 'kafka', what: 'Kafka', answers: true },
      name: `kafka ${kafka.topic}`,
      open: async () => (await import('@cloudpam/sinks/kafka')).openKafkaSink(kafka),
    });
  if (nats)
    platforms.push({
      ...{ kind: 'nats', what: 'NATS', answers: true },
      name: `nats ${nats.prefix}`,
      open: async () => (await import('@cloudpam/sinks/nats')).openNatsSink(nats),
    });
  if (s3)
    platforms.push({
      ...{ kind: 's3', what: 'the bucket', answers: false },
      name: `s3 ${s3.bucket}/${s3.prefix}`,
      ...{ batch: OBJECT_EVENTS, everyMs: s3EveryMs },
      open: async () => (await import('@cloudpam/sinks/s3')).openS3Sink(s3),
    });
  return platforms;
}
