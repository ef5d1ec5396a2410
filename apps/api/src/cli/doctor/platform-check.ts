import type { Finding } from '@cloudpam/storage-typeorm';
import type { Platform } from '../../audit/sinks/platforms';
import { messageOf } from './diagnosis';

const SEE = {
  kafka:
    'KAFKA_BROKERS, KAFKA_TLS, KAFKA_USERNAME and KAFKA_PASSWORD, and of its CA NODE_EXTRA_CA_CERTS',
  nats: 'NATS_URL, and of its CA NODE_EXTRA_CA_CERTS',
  s3: 'EVENTS_S3_BUCKET',
} as const;

/** Logs in to a platform that gets events, and sends none. */
export async function checkPlatform({ kind, what, open }: Platform): Promise<Finding> {
  try {
    const sink = await open();
    await sink.close();
    return { level: 'ok', found: `${what} answers` };
  } catch (error) {
    const found = `${what} takes no events: ${messageOf(error)}`;
    return { level: 'fault', found, advice: `see ${SEE[kind]}` };
  }
}
