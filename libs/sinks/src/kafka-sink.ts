import type { EventSink, SinkEvent } from './event-sink';
import type { KafkaTarget } from './kafka-target';

const CLIENT = 'cloudpam';
const TIMEOUT_MS = 10_000;
/** All replicas in sync have them. */
const ALL = -1;
const HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

/**
 * A topic of Kafka. The key of a message is what the event is about, so that all of one entity are in one partition,
 * in order; over partitions `sequence` tells the order. The producer is idempotent: what it retries is there once.
 */
export async function openKafkaSink({
  brokers,
  topic,
  tls,
  sasl,
}: KafkaTarget): Promise<EventSink> {
  const { Producer, stringSerializers } = await import('@platformatic/kafka');
  const producer = new Producer({
    clientId: CLIENT,
    bootstrapBrokers: [...brokers],
    serializers: stringSerializers,
    idempotent: true,
    acks: ALL,
    timeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
    requestTimeout: TIMEOUT_MS,
    retries: 2,
    ...(tls ? { tls: {} } : {}),
    ...(sasl ? { sasl: { ...sasl } } : {}),
  });
  return {
    async send(events) {
      await producer.send({ messages: events.map((event) => messageOf(topic, event)) });
    },
    close: () => producer.close(),
  };
}

function messageOf(topic: string, { subject, json, time }: SinkEvent) {
  return { topic, key: subject, value: json, headers: HEADERS, timestamp: BigInt(time.getTime()) };
}
