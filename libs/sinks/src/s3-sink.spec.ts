import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventSink, SinkEvent } from './event-sink';
import { openS3Sink } from './s3-sink';

/** Two events an hour. */
function events(count: number): SinkEvent[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ seq: at + 1, type: 'pool.create', subject: 'pools/1', source: 'urn:cloudpam' },
    ...{ time: new Date(Date.UTC(2026, 0, 31, 0, 30 * at)), json: `{"id":"${at + 1}"}` },
  }));
}

describe('a bucket as a sink', () => {
  /** The keys that were asked for; what is answered to each. */
  let asked: string[];
  let answer: (response: http.ServerResponse) => void;
  let server: http.Server;
  let sink: EventSink;
  const before = { ...process.env };
  beforeEach(async () => {
    asked = [];
    answer = (response) => response.end();
    server = http.createServer((request, response) => {
      asked.push(request.url?.split('?')[0] ?? '');
      request.resume().on('end', () => answer(response));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const endpoint = `http://127.0.0.1:${port}`;
    sink = await openS3Sink({ bucket: 'ipam', prefix: '', endpoint, region: 'us-east-1' });
  });
  afterEach(async () => {
    process.env = before;
    await sink.close();
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  it('tells after each object how many events the bucket has', async () => {
    const told: number[] = [];
    await sink.send(events(5), new AbortController().signal, (count) => told.push(count));
    expect(told).toEqual([2, 4, 5]);
    expect(asked).toEqual([1, 3, 5].map((seq) => expect.stringContaining(`000${seq}.jsonl`)));
  });

  it('writes nothing more once it is stopped, and has told of what it wrote', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    answer = (response) => (asked.length === 2 ? stop.abort() : response.end());
    await expect(sink.send(events(6), stop.signal, (count) => told.push(count))).rejects.toThrow();
    expect([told, asked.length]).toEqual([[2], 2]);
  });
});
