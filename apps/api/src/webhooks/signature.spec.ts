import { Webhook as Verifier } from 'standardwebhooks';
import { newWebhookSecret, signedHeaders } from './signature';

const BODY = '{"id":"7","name":"Büro"}';

describe('the signature of a webhook', () => {
  const [secret, former] = [newWebhookSecret(), newWebhookSecret()];
  const headers = signedHeaders('7', new Date(), BODY, [secret]);
  const verify = (by: string, given: typeof headers, body = BODY): unknown =>
    new Verifier(by).verify(body, { ...given });

  it('is what the library of Standard Webhooks accepts', () => {
    expect(verify(secret, headers)).toEqual({ id: '7', name: 'Büro' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it('is refused with another body, id, time or secret', () => {
    expect(() => verify(secret, headers, BODY.replace('7', '8'))).toThrow();
    expect(() => verify(secret, { ...headers, 'webhook-id': '8' })).toThrow();
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(() => verify(secret, { ...headers, 'webhook-timestamp': later })).toThrow();
    expect(() => verify(former, headers)).toThrow();
  });

  it('is refused when it is old', () => {
    const old = signedHeaders('7', new Date(Date.now() - 600_000), BODY, [secret]);
    expect(() => verify(secret, old)).toThrow(/too old/i);
  });

  it('is made with both secrets while one takes the place of the other', () => {
    const both = signedHeaders('7', new Date(), BODY, [secret, former]);
    expect(verify(secret, both)).toEqual(verify(former, both));
    expect(both['webhook-signature']?.split(' ')).toHaveLength(2);
  });
});
