import type { Message, PartitionerArgs, ProducerConfig } from 'kafkajs';
import type { SinkEvent } from './event-sink';
import { openKafkaSink } from './kafka-sink';

/** What a producer is made of, and what it does when it sends. */
let config: ProducerConfig = {};
let work: (attempt: () => void) => Promise<void>;
let closed: number;

jest.mock('kafkajs', () => {
  const real = jest.requireActual<typeof import('kafkajs')>('kafkajs');
  class Kafka {
    producer(asked: ProducerConfig) {
      config = asked;
      return {
        connect: async () => undefined,
        disconnect: async () => void closed++,
        send: ({ topic, messages }: { topic: string; messages: Message[] }) => {
          const choose = config.createPartitioner?.();
          const partitionMetadata = [
            { ...{ partitionErrorCode: 0, partitionId: 0, leader: 1 }, replicas: [1], isr: [1] },
          ] as PartitionerArgs['partitionMetadata'];
          // As kafkajs does before each attempt.
          return work(() =>
            messages.forEach((message) => choose?.({ topic, message, partitionMetadata })),
          );
        },
      };
    }
  }
  return { ...real, Kafka };
});

const EVENTS: SinkEvent[] = [1, 2].map((seq) => ({
  ...{ seq, type: 'pool.create', subject: 'pools/1', source: 'urn:cloudpam' },
  ...{ time: new Date(0), json: '{}' },
}));

describe('a topic as a sink', () => {
  const open = () =>
    openKafkaSink({ brokers: ['127.0.0.1:1'], topic: 'ipam', tls: false, sasl: undefined });
  beforeEach(() => {
    [config, closed] = [{}, 0];
  });

  it('tells of all events when the broker has them', async () => {
    const told: number[] = [];
    work = async (attempt) => attempt();
    const sink = await open();
    await sink.send(EVENTS, new AbortController().signal, (count) => told.push(count));
    expect([told, closed]).toEqual([[2], 0]);
  });

  it('tries no more once it is stopped, and leaves no connection', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    work = async (attempt) => {
      attempt();
      stop.abort();
      attempt();
    };
    const sink = await open();
    const sent = sink.send(EVENTS, stop.signal, (count) => told.push(count));
    await expect(sent).rejects.toMatchObject({ retriable: false });
    // Trying again, it may have connected anew behind whoever closed it.
    expect([told, closed]).toEqual([[], 1]);
  });
});
