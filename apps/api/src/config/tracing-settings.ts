/** How traces are sent; where to and what about the server, the SDK reads from its own settings. */
export interface TracingSettings {
  readonly encoding: 'protobuf' | 'json';
}

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
const ENCODINGS = { 'http/protobuf': 'protobuf', 'http/json': 'json' } as const;
const SAMPLERS = ['always_on', 'always_off', 'traceidratio'].flatMap((each) => [
  each,
  `parentbased_${each}`,
]);

/**
 * Undefined without an endpoint. What is wrong with a setting, which the SDK would pass over, is added
 * to `mistakes`.
 */
export function readTracing(
  env: NodeJS.ProcessEnv,
  mistakes: string[],
): TracingSettings | undefined {
  const of = (name: string): string => (env[name] ?? '').trim();
  for (const name of ENDPOINTS) {
    if (of(name) !== '' && !isHttp(of(name)))
      mistakes.push(`${name} must be http://... or https://...`);
  }
  const protocol =
    of('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ||
    of('OTEL_EXPORTER_OTLP_PROTOCOL') ||
    'http/protobuf';
  const sampler = of('OTEL_TRACES_SAMPLER');
  const ratio = of('OTEL_TRACES_SAMPLER_ARG');
  const attributes = of('OTEL_RESOURCE_ATTRIBUTES');
  const isOff = of('OTEL_SDK_DISABLED').toLowerCase() === 'true';
  const exporter = of('OTEL_TRACES_EXPORTER') || 'otlp';
  if (isOff || exporter === 'none' || ENDPOINTS.every((name) => of(name) === '')) return undefined;
  if (exporter !== 'otlp')
    mistakes.push(`OTEL_TRACES_EXPORTER must be otlp or none, not "${exporter}"`);
  if (!(protocol in ENCODINGS))
    mistakes.push(
      `OTEL_EXPORTER_OTLP_PROTOCOL must be ${Object.keys(ENCODINGS).join(' or ')}, not "${protocol}"`,
    );
  if (sampler !== '' && !SAMPLERS.includes(sampler))
    mistakes.push(`OTEL_TRACES_SAMPLER must be one of ${SAMPLERS.join(', ')}, not "${sampler}"`);
  if (sampler.endsWith('traceidratio') && !/^(0(\.\d+)?|1(\.0+)?)$/.test(ratio))
    mistakes.push(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "${ratio}"`);
  if (!/^([^=,]+=[^=,]*(,|$))*$/.test(attributes))
    mistakes.push(
      'OTEL_RESOURCE_ATTRIBUTES must be NAME=VALUE,NAME=VALUE with , and = as %2C and %3D',
    );
  return { encoding: ENCODINGS[protocol as keyof typeof ENCODINGS] };
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
