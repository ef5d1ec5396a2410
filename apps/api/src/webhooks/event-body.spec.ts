import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TEMPLATE_KINDS, type CloudEvent } from '@cloudpam/events';
import fc from 'fast-check';
import { customBody } from './custom-template';
import { eventBody, summaryOf } from './event-body';
import { SAMPLE_EVENT, SAMPLE_EVENTS } from './sample-event';

const eventWith = (after: CloudEvent['data']['after']): CloudEvent => ({
  ...SAMPLE_EVENT,
  data: { ...SAMPLE_EVENT.data, after },
});
/** An event of a finding; its facts are after its beginning, and before its end. */
const ofFinding = (verb: 'open' | 'close', severity: string): CloudEvent => {
  const facts = {
    ...{ type: 'overlap', severity, subject: 'resource', subject_id: 12, name: 'web' },
    ...{ cidr: '10.1.0.0/24', detail: 'overlaps 10.1.0.0/16 of network vpc-1' },
  };
  return {
    ...SAMPLE_EVENT,
    id: verb === 'open' ? '5000' : '5001',
    type: `org.cloudpam.finding.${verb}.v1`,
    subject: 'finding/overlap:12',
    data: {
      ...SAMPLE_EVENT.data,
      ...{ entity_type: 'finding', entity_id: 'overlap:12', reason: null },
      actor: { type: 'system', id: 'system', name: 'CloudPAM' },
      before: verb === 'open' ? null : facts,
      after: verb === 'open' ? facts : null,
    },
  };
};
const alert = (event: CloudEvent): unknown =>
  JSON.parse(eventBody({ kind: 'pagerduty', text: null }, event, 'key').text);
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

  it.each(['slack', 'teams'] as const)('says how much a finding matters, and why: %s', (kind) => {
    const { text } = eventBody({ kind, text: null }, ofFinding('open', 'critical'), null);
    expect(text).toContain(
      '[critical] finding.open: web (10.20.0.0/16), finding/overlap:12, by CloudPAM. ' +
        'overlaps 10.1.0.0/16 of network vpc-1',
    );
  });

  it.each(['slack', 'teams', 'pagerduty'] as const)(
    'is one line for %s, read from left to right, whatever names hold',
    (kind) => {
      const name = 'a\n[critical] finding.open: forged \u202egpj.exe\u2067 b';
      const { text } = eventBody({ kind, text: null }, eventWith({ name }), 'key');
      expect(text).toContain('pool.create: a [critical] finding.open: forged gpj.exe b (');
    },
  );

  it('has Teams show a name as it is, and not as Markdown', () => {
    const name = '[Log in](https://evil.example)';
    const { text } = eventBody({ kind: 'teams', text: null }, eventWith({ name }), null);
    expect(JSON.parse(text)).toMatchObject({
      attachments: [
        {
          content: {
            body: [
              {
                type: 'RichTextBlock',
                inlines: [{ type: 'TextRun', text: expect.stringContaining(name) as string }],
              },
            ],
          },
        },
      ],
    });
  });

  it.each(['critical', 'warning', 'info'])(
    'opens an alert of PagerDuty at a finding that is %s, and resolves it at its end',
    (severity) => {
      const dedup_key = 'https://ipam.example.com/finding/overlap:12';
      expect(alert(ofFinding('open', severity))).toMatchObject({
        ...{ routing_key: 'key', event_action: 'trigger', dedup_key },
        payload: { severity, summary: expect.stringContaining('overlaps') as string },
      });
      expect(alert(ofFinding('close', severity))).toEqual({
        ...{ routing_key: 'key', event_action: 'resolve', dedup_key },
      });
    },
  );

  it('has a key of PagerDuty that is short enough, and ends with the finding', () => {
    const source = `https://ipam.example.com/${'a'.repeat(300)}`;
    const { dedup_key: key } = alert({ ...ofFinding('open', 'info'), source }) as {
      dedup_key: string;
    };
    expect([key.length, key.endsWith('/finding/overlap:12')]).toEqual([255, true]);
  });

  it('is what PagerDuty takes', () => {
    expect(alert(SAMPLE_EVENT)).toMatchObject({
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
      id: '4711',
      after: SAMPLE_EVENT.data.after,
      why: 'CHG-1234 "urgent"',
      keys: ['prod'],
      was: 0,
    });
  });

  it('makes JSON of every kind of event, as the documentation has it', () => {
    const docs = readFileSync(path.resolve(__dirname, '../../../../docs/webhooks.md'), 'utf8');
    const example = docs.split('\n').find((line) => line.includes('"kind": "custom"')) ?? '';
    const { text } = JSON.parse(example) as { text: string };
    const bodies = SAMPLE_EVENTS.map((event) => made(text, event));
    expect(bodies).toMatchObject([
      { after: { name: 'office' } },
      { after: { name: 'head office' } },
      { after: null },
      { after: { severity: 'critical' } },
      { after: null },
    ]);
  });

  it('makes the same JSON of any text that people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(made('{"name": "{{data.after.name}}"}', eventWith({ name }))).toEqual({ name });
      }),
    );
  });

  it('makes JSON of any event, of what it has and of what it has not', () => {
    const names = ['data.after', 'data.before', 'data.place.account_id', 'data.after.tags', 'no'];
    const template = `{${names.map((name) => `"${name}": [{{${name}}}, "is {{${name}}}"]`).join()}}`;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (facts, isEnd) => {
        const after = isEnd ? null : facts;
        const before = isEnd ? facts : null;
        const event = { ...SAMPLE_EVENT, data: { ...SAMPLE_EVENT.data, before, after } };
        const text = after === null ? 'is ' : `is ${JSON.stringify(after)}`;
        expect(made(template, event as typeof SAMPLE_EVENT)).toMatchObject({
          'data.after': [JSON.parse(JSON.stringify(after)), text],
          'data.place.account_id': [null, 'is '],
          no: [null, 'is '],
        });
      }),
    );
  });

  it('knows quotes in a text from those around it', () => {
    expect(made('{"a \\"b\\\\": {{id}}, "c \\" {{id}}": 1}')).toEqual({
      'a "b\\': '4711',
      'c " 4711': 1,
    });
  });

  it.each([
    ['{{{id}}}', 'values are always escaped'],
    ['{{&id}}', 'values are always escaped'],
    ['{{>other}}', 'there are no partials'],
    ['{{=<% %>=}}', 'the delimiters cannot be changed'],
    ['{{#a}}', 'Unclosed section'],
    ['not JSON', 'not valid JSON'],
    ['{"a": "{{#data.after}}"{{/data.after}}}', 'a section has both quotes of a text, or none'],
    ['{"a": "\\{{summary}}"}', 'a backslash stands before braces'],
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
