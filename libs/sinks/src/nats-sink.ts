import { jetstream } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import type { EventSink } from './event-sink';
import type { NatsTarget } from './nats-target';

const TIMEOUT_MS = 5_000;

/**
 * Subjects of a JetStream. Each event is acknowledged before the next one is sent, so that they are in order whatever
 * fails. The id of a message is that of the event: within the duplicate window of its stream it is there once.
 */
export async function openNatsSink({ url, prefix, stream }: NatsTarget): Promise<EventSink> {
  const { host, protocol, username, password } = new URL(url);
  const [user, pass] = [username, password].map(decodeURIComponent);
  const connection = await connect({
    name: 'cloudpam',
    servers: host,
    timeout: TIMEOUT_MS,
    // Who sends again opens another connection.
    reconnect: false,
    ...(protocol === 'tls:' ? { tls: {} } : {}),
    ...(user && pass ? { user, pass } : user ? { token: user } : {}),
  });
  const streams = jetstream(connection, { timeout: TIMEOUT_MS });
  return {
    async send(events, stop, taken) {
      for (const [at, { seq, source, type, json }] of events.entries()) {
        stop.throwIfAborted();
        const told = headers();
        told.set('Content-Type', 'application/cloudevents+json');
        await streams.publish(`${prefix}.${type}`, json, {
          msgID: `${source}#${seq}`,
          headers: told,
          timeout: TIMEOUT_MS,
          ...(stream === undefined ? {} : { expect: { streamName: stream } }),
        });
        taken(at + 1);
      }
    },
    close: () => connection.close(),
  };
}
