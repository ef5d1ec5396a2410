import { digestFacts, mailAddress, type DigestSettings } from './digest';

describe('the address of a recipient', () => {
  it.each([
    'ada@example.com',
    "o'brien+ipam@mail.example.co.uk",
    'root@localhost',
    'x@xn--bcher-kva.example',
  ])('may be %s', (text) => expect(mailAddress(text)).toBe(text));

  it.each([
    ['ada@Bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
    ['ada@ＭＡＩＬ.example', 'ada@mail.example'],
  ])('has its domain in ASCII, of %s too', (text, address) =>
    expect(mailAddress(text)).toBe(address),
  );

  it.each([
    'ada@bücher.example/x',
    'ada@bü%63her.example',
    'ada@bü cher.example',
    'ada@\u200dü.example',
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@@example.com',
    'a@b@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..b@example.com',
    'ada@-example.com',
    'ada@example..com',
    'ada@[192.0.2.1]',
    '"ada l"@example.com',
    'Ada <ada@example.com>',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com\n',
    'ada@example.com,eve@example.com',
    'ädä@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('may not be %j', (text) => expect(mailAddress(text)).toBeUndefined());
});

describe('what the audit log tells of a digest', () => {
  it('is how many recipients it has and at which domains, and who none of them is', () => {
    const settings: DigestSettings = {
      name: 'morning',
      recipients: ['ada@Example.com', 'grace@example.com', 'joan@example.org'],
      schedule: { every: 'daily', weekday: null, hour: 7, timeZone: 'UTC' },
      filter: {},
      severity: null,
      sections: ['leases'],
      sendsEmpty: false,
      isEnabled: true,
    };
    const facts = digestFacts({ ...settings, version: 1 });
    expect(facts).toMatchObject({
      recipients: 3,
      recipient_domains: ['example.com', 'example.org'],
    });
    expect(JSON.stringify(facts)).not.toMatch(/ada|grace|joan/);
  });
});
