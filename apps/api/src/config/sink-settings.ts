import type { KafkaTarget, NatsTarget, S3Target, SaslMechanism } from '@cloudpam/sinks';
import { listed } from './listed';

/** The platforms that get the events of the log. */
export interface SinkSettings {
  readonly kafka: KafkaTarget | undefined;
  readonly nats: NatsTarget | undefined;
  readonly s3: S3Target | undefined;
  /** Milliseconds between objects of the bucket. */
  readonly s3EveryMs: number;
}

const SASL_MECHANISMS = [
  'PLAIN',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
] as const satisfies readonly SaslMechanism[];
const BROKER = /^([\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}$/;

/** What is wrong with a setting is added to `mistakes`. */
export function readSinks(
  env: NodeJS.ProcessEnv,
  mistakes: string[],
  s3EveryMs: number,
): SinkSettings {
  const of = (name: string): string => (env[name] ?? '').trim();
  const isSet = (...names: readonly string[]): boolean => names.some((name) => of(name) !== '');
  // Every setting is read, so that it is known which there are; those of a platform that is not set count for nothing.
  const where = <Target>(
    set: boolean,
    read: (of: Settings, mistakes: string[]) => Target,
  ): Target | undefined => {
    const target = read(of, set ? mistakes : []);
    return set ? target : undefined;
  };
  return {
    kafka: where(isSet('KAFKA_BROKERS', 'KAFKA_TOPIC'), kafkaOf),
    nats: where(isSet('NATS_URL'), natsOf),
    s3: where(isSet('EVENTS_S3_BUCKET'), s3Of),
    s3EveryMs,
  };
}

type Settings = (name: string) => string;

function kafkaOf(of: Settings, mistakes: string[]): KafkaTarget {
  const brokers = listed(of('KAFKA_BROKERS'));
  const topic = of('KAFKA_TOPIC');
  if (brokers.length === 0 || topic === '')
    mistakes.push('KAFKA_BROKERS and KAFKA_TOPIC go together');
  for (const each of brokers)
    if (!BROKER.test(each)) mistakes.push(`KAFKA_BROKERS: "${each}" is not HOST:PORT`);
  if (topic !== '' && !/^[\w.-]{1,249}$/.test(topic))
    mistakes.push(`KAFKA_TOPIC: "${topic}" is not a name of a topic`);
  const tls = of('KAFKA_TLS') || 'false';
  if (tls !== 'true' && tls !== 'false')
    mistakes.push(`KAFKA_TLS must be true or false, not "${tls}"`);
  const [username, password] = [of('KAFKA_USERNAME'), of('KAFKA_PASSWORD')];
  if ((username === '') !== (password === ''))
    mistakes.push('KAFKA_USERNAME and KAFKA_PASSWORD go together');
  const asked = of('KAFKA_SASL_MECHANISM') || 'PLAIN';
  const mechanism = SASL_MECHANISMS.find((each) => each === asked);
  if (!mechanism)
    mistakes.push(
      `KAFKA_SASL_MECHANISM must be one of ${SASL_MECHANISMS.join(', ')}, not "${asked}"`,
    );
  const sasl =
    username === '' ? undefined : { mechanism: mechanism ?? 'PLAIN', username, password };
  return { brokers, topic, tls: tls === 'true', sasl };
}

function natsOf(of: Settings, mistakes: string[]): NatsTarget {
  const url = of('NATS_URL');
  // It may hold a password, and is not repeated.
  if (!URL.canParse(url) || !/^(nats|tls):\/\/[^/?#]+\/?$/.test(url))
    mistakes.push('NATS_URL must be nats://HOST:PORT or tls://HOST:PORT');
  const prefix = of('NATS_SUBJECT') || 'cloudpam.events';
  if (!/^[\w-]+(\.[\w-]+)*$/.test(prefix))
    mistakes.push(`NATS_SUBJECT must be words with dots between them, not "${prefix}"`);
  const stream = of('NATS_STREAM') || undefined;
  if (stream !== undefined && !/^[\w-]+$/.test(stream))
    mistakes.push(`NATS_STREAM: "${stream}" is not a name of a stream`);
  return { url, prefix, stream };
}

function s3Of(of: Settings, mistakes: string[]): S3Target {
  const bucket = of('EVENTS_S3_BUCKET');
  if (!/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(bucket))
    mistakes.push(`EVENTS_S3_BUCKET: "${bucket}" is not a name of a bucket`);
  const endpoint = of('EVENTS_S3_ENDPOINT') || undefined;
  if (
    endpoint !== undefined &&
    !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))
  )
    mistakes.push(`EVENTS_S3_ENDPOINT must be http://... or https://..., not "${endpoint}"`);
  const region = of('EVENTS_S3_REGION') || 'us-east-1';
  const prefix = of('EVENTS_S3_PREFIX').replace(/^\/+|\/+$/g, '');
  if (!/^[\w!.*'()/-]*$/.test(prefix))
    mistakes.push(`EVENTS_S3_PREFIX: "${prefix}" has characters that keys of objects should not`);
  return { bucket, prefix, endpoint, region };
}
