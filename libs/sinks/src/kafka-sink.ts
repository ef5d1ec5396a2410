import {
  Kafka,
  KafkaJSNonRetriableError,
  logLevel,
  Partitioners,
  type ICustomPartitioner,
  type SASLOptions,
} from 'kafkajs';
import type { EventSink, SinkEvent } from './event-sink';
import type { KafkaTarget, SaslMechanism } from './kafka-target';

const TIMEOUT_MS = 10_000;
const RETRIES = 3;
/**
 * Bytes that are sent at once: half of what a broker takes by default (`message.max.bytes`), which counts all the
 * messages of a request for a partition as one.
 */
const REQUEST_BYTES = 524_288;
/** Of a message beside its value: key, headers and lengths. */
const BESIDE_BYTES = 256;
/** All replicas in sync have them. */
const ALL = -1;
const HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
const MECHANISMS = {
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
} as const satisfies Record<SaslMechanism, string>;

/**
 * A topic of Kafka. The key of a message is what the event is about, so that all of one entity are in one partition,
 * in order; over partitions `sequence` tells the order. The producer is idempotent: what it retries by itself is there
 * once. What it gives up is sent again by another producer, and may be there twice, with the same id.
 */
export async function openKafkaSink({
  brokers,
  topic,
  tls,
  sasl,
}: KafkaTarget): Promise<EventSink> {
  const kafka = new Kafka({
    clientId: 'cloudpam',
    brokers: [...brokers],
    ssl: tls,
    connectionTimeout: TIMEOUT_MS,
    requestTimeout: TIMEOUT_MS,
    // What fails is told by whoever sends.
    logLevel: logLevel.NOTHING,
    retry: { retries: RETRIES },
    ...(sasl && { sasl: saslOf(sasl) }),
  });
  let stop: AbortSignal | undefined;
  // Is asked before each attempt, and the one place where kafkajs can be kept from another one.
  const createPartitioner: ICustomPartitioner = () => {
    const choose = Partitioners.DefaultPartitioner();
    return (message) => {
      if (stop?.aborted) throw new KafkaJSNonRetriableError('it was stopped');
      return choose(message);
    };
  };
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner,
  });
  await producer.connect();
  return {
    async send(events, asked, taken) {
      stop = asked;
      let count = 0;
      try {
        for (const some of requestsOf(events)) {
          asked.throwIfAborted();
          await producer.send({ topic, acks: ALL, messages: some.map(messageOf) });
          count += some.length;
          taken(count);
        }
      } finally {
        // Between attempts it connects by itself, also after it was closed.
        if (asked.aborted) await producer.disconnect();
      }
    },
    close: () => producer.disconnect(),
  };
}

/** The events in order, as many in each request as a broker takes; one that is larger than that goes by itself. */
export function requestsOf(events: readonly SinkEvent[]): readonly (readonly SinkEvent[])[] {
  const requests: SinkEvent[][] = [];
  let left = 0;
  for (const event of events) {
    const bytes = Buffer.byteLength(event.json) + BESIDE_BYTES;
    const last = requests.at(-1);
    if (last && bytes <= left) last.push(event);
    else {
      requests.push([event]);
      left = REQUEST_BYTES;
    }
    left -= bytes;
  }
  return requests;
}

function messageOf({ subject, json, time }: SinkEvent) {
  return { key: subject, value: json, headers: HEADERS, timestamp: String(time.getTime()) };
}

function saslOf({ mechanism, username, password }: NonNullable<KafkaTarget['sasl']>): SASLOptions {
  const { [mechanism]: name } = MECHANISMS;
  // Each of the three takes the same.
  return { mechanism: name, username, password } as SASLOptions;
}
