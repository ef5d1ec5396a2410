import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { EventSink, SinkEvent } from './event-sink';
import type { S3Target } from './s3-target';

const SEQ_DIGITS = 16;
const HOUR_LENGTH = '2026-01-31T12'.length;

/** An object to be written. */
export interface S3Object {
  readonly key: string;
  /** JSON lines. */
  readonly body: string;
  /** Lines. */
  readonly count: number;
}

/**
 * A folder of a bucket: JSON lines, each object of one hour, `PREFIX/2026/01/31/12/SEQ.jsonl` with the first event in
 * it. Whoever begins again at the same event writes the same keys, so that nothing is there twice.
 */
export async function openS3Sink(target: S3Target): Promise<EventSink> {
  const { bucket, prefix, endpoint, region } = target;
  const client = new S3Client({
    region,
    maxAttempts: 2,
    // What all of them know, also those that are not AWS.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  return {
    async send(events, stop, taken) {
      let sent = 0;
      for (const { key, body, count } of objectsOf(events, prefix)) {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: 'application/x-ndjson',
          }),
          { abortSignal: stop },
        );
        taken((sent += count));
      }
    },
    close: async () => client.destroy(),
  };
}

/** The objects that events are in: one for each run of events of one hour, in order. */
export function objectsOf(events: readonly SinkEvent[], prefix: string): readonly S3Object[] {
  const objects: { key: string; hour: string; body: string; count: number }[] = [];
  for (const { seq, time, json } of events) {
    const hour = time.toISOString().slice(0, HOUR_LENGTH);
    const last = objects.at(-1);
    if (last?.hour === hour) {
      last.body += `${json}\n`;
      last.count++;
    } else {
      const name = `${String(seq).padStart(SEQ_DIGITS, '0')}.jsonl`;
      const folder = hour.replace(/[-T]/g, '/');
      const key = [...(prefix === '' ? [] : [prefix]), folder, name].join('/');
      objects.push({ key, hour, body: `${json}\n`, count: 1 });
    }
  }
  return objects;
}
