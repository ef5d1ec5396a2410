import { readConfig } from './config';

const ON = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('settings of traces', () => {
  it.each([
    [{}, undefined],
    [{ OTEL_SERVICE_NAME: 'pam', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, undefined],
    [ON, { encoding: 'protobuf' }],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://otlp.example/v1/traces' },
      { encoding: 'protobuf' },
    ],
    [{ ...ON, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, { encoding: 'json' }],
    [
      {
        ...ON,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
      },
      { encoding: 'protobuf' },
    ],
    [
      {
        ...ON,
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod,team=a%2Cb',
        OTEL_TRACES_EXPORTER: 'otlp',
      },
      { encoding: 'protobuf' },
    ],
    [{ ...ON, OTEL_SDK_DISABLED: 'TRUE' }, undefined],
    [{ ...ON, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  ])('%j are taken', (env, expected) => {
    expect(readConfig(env).tracing).toEqual(expected);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be http'],
    [{ ...ON, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'http/protobuf or http/json, not "grpc"'],
    [{ ...ON, OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER must be otlp or none'],
    [{ ...ON, OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER must be one of always_on'],
    [
      { ...ON, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
      'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1',
    ],
    [{ ...ON, OTEL_TRACES_SAMPLER: 'traceidratio' }, 'OTEL_TRACES_SAMPLER_ARG must be'],
    [{ ...ON, OTEL_RESOURCE_ATTRIBUTES: 'a=b=c' }, 'OTEL_RESOURCE_ATTRIBUTES must be NAME=VALUE'],
  ])('%j are refused', (env, mistake) => {
    expect(() => readConfig(env)).toThrow(mistake);
  });
});
