export type { EventSink, SinkEvent } from './event-sink';
export type { KafkaTarget, SaslMechanism } from './kafka-target';
export type { NatsTarget } from './nats-target';
export type { S3Target } from './s3-target';
