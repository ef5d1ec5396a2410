import type { SinkSettings } from '../../config/sink-settings';

/** A platform that events are sent to. */
export type SinkKind = 'kafka' | 'nats' | 's3';

/** Under which the position of each platform of the settings is kept: other brokers of a topic change nothing. */
export function sinkNames({ kafka, nats, s3 }: SinkSettings): {
  readonly [Kind in SinkKind]?: string;
} {
  return {
    ...(kafka && { kafka: `kafka ${kafka.topic}` }),
    ...(nats && { nats: `nats ${nats.prefix}` }),
    ...(s3 && { s3: `s3 ${s3.bucket}/${s3.prefix}` }),
  };
}
