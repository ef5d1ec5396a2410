import { TEMPLATE_KINDS, type CloudEvent } from '@cloudpam/events';
import fc from 'fast-check';
import { customBody } from './custom-template';
import { eventBody, summaryOf } from './event-body';
import { SAMPLE_EVENT } from './sample-event';

const eventWith = (after: CloudEvent['data']['after']): CloudEvent => ({
  ...SAMPLE_EVENT,
  data: { ...SAMPLE_EVENT.data, after },
});
const made = (template: string, event = SAMPLE_EVENT): unknown =>
  JSON.parse(customBody(template, { ...event, summary: summaryOf(event) }));

describe('the body of an event', () => {
  it.each(TEMPLATE_KINDS)('is JSON, and the same each time: %s', (kind) => {
    const template = { kind, text: kind === 'custom' ? '{"what": "{{summary}}"}' : null };
    const body = eventBody(template, SAMPLE_EVENT, 'key');
    expect(eventBody(template, structuredClone(SAMPLE_EVENT), 'key')).toEqual(body);
    expect(JSON.parse(body.text)).toEqual(expect.any(Object));
  });

  it('says what happened in a line', () => {
    expect(summaryOf(SAMPLE_EVENT)).toBe(
      'pool.create: office (10.20.0.0/16), pools/42, by Ada Lovelace. CHG-1234 "urgent"',
    );
  });

  it('has no mention or link of Slack in what people wrote', () => {
    const { text } = eventBody(
      { kind: 'slack', text: null },
      eventWith({ name: '<!channel>&' }),
      null,
    );
    expect(text).toContain('&lt;!channel&gt;&amp;');
  });

  it('is what PagerDuty takes', () => {
    const { text } = eventBody({ kind: 'pagerduty', text: null }, SAMPLE_EVENT, 'key');
    expect(JSON.parse(text)).toMatchObject({
      routing_key: 'key',
      event_action: 'trigger',
      dedup_key: 'cloudpam-4711',
      payload: { source: 'https://ipam.example.com', severity: 'info' },
    });
  });
});

describe('a template of one’s own', () => {
  it('takes values, objects, lists and what is there or not', () => {
    const template =
      '{"id": {{id}}, "after": {{data.after}}, "why": "{{data.reason}}", ' +
      '"keys": [{{#data.after.tags}}"{{env}}"{{/data.after.tags}}], ' +
      '"was": {{#data.before}}1{{/data.before}}{{^data.before}}0{{/data.before}}}';
    expect(made(template)).toEqual({
      id: 4711,
      after: SAMPLE_EVENT.data.after,
      why: 'CHG-1234 "urgent"',
      keys: ['prod'],
      was: 0,
    });
  });

  it('makes the same JSON of any text that people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(made('{"name": "{{data.after.name}}"}', eventWith({ name }))).toEqual({ name });
      }),
    );
  });

  it.each([
    ['{{{id}}}', 'values are always escaped'],
    ['{{&id}}', 'values are always escaped'],
    ['{{>other}}', 'there are no partials'],
    ['{{=<% %>=}}', 'the delimiters cannot be changed'],
    ['{{#a}}', 'Unclosed section'],
    ['not JSON', 'not valid JSON'],
    ['{"a": {{missing}}}', 'JSON'],
    ['{{#a}}'.repeat(6) + '{{/a}}'.repeat(6), 'sections lie more than 4 deep'],
  ])('is refused as %s', (template, why) => {
    expect(() => made(template)).toThrow(why);
    expect(() => made(template)).toThrow(
      expect.objectContaining({ code: 'invalid_template', field: 'template.text' }) as Error,
    );
  });

  it('sees the fields of the event alone, and runs nothing', () => {
    const template =
      '["{{constructor}}", "{{data.constructor.name}}", "{{__proto__}}", "{{toString}}", ' +
      '"{{data.after.tags.constructor.constructor}}"]';
    expect(made(template)).toEqual(['', '', '', '', '']);
    expect(made('[{{#constructor}}1{{/constructor}}]')).toEqual([]);
  });

  it('ends where it would grow without bounds', () => {
    const list = Array.from({ length: 100 }, () => 1);
    const template = `[${'{{#data.after.l}}'.repeat(4)}1,${'{{/data.after.l}}'.repeat(4)}0]`;
    const began = performance.now();
    expect(() => made(template, eventWith({ l: list }))).toThrow('too large');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
