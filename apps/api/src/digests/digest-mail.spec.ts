import type { DigestContent, OpenCount } from '@cloudpam/digests';
import type { FindingFacts, ToldFinding } from '@cloudpam/reconciliation';
import { digestMail } from './digest-mail';

const AT = new Date('2026-03-02T23:30:00.000Z');
const DIGEST = {
  name: 'network',
  schedule: { every: 'daily', weekday: null, hour: 7, timeZone: 'Europe/Berlin' },
} as const;
const EMPTY: DigestContent = {
  at: AT,
  since: new Date('2026-03-01T06:00:00.000Z'),
  until: AT,
  findings: { fresh: { items: [], total: 0 }, open: [] },
  leases: { items: [], total: 0 },
  forecasts: { items: [], total: 0 },
};

function finding(facts: Partial<FindingFacts> = {}): ToldFinding {
  return {
    id: 'drift:1',
    facts: {
      type: 'drift',
      severity: 'warning',
      subject: 'resource',
      subject_id: 1,
      name: 'app',
      cidr: '10.0.0.0/24',
      region: 'eu-central-1',
      pool_id: 7,
      pool_name: 'core',
      detail: 'its name differs',
      ...facts,
    },
    place: { vrfId: 1, accountId: null, cidr: null, kind: null },
    openedAt: AT,
  };
}
const told = (items: readonly ToldFinding[], open: readonly OpenCount[] = []): DigestContent => ({
  ...EMPTY,
  findings: { fresh: { items, total: items.length + 3 }, open },
});

describe('a digest as an e-mail', () => {
  it('says that there is nothing new, on the day of its time zone', () => {
    const { subject, text, html } = digestMail(DIGEST, EMPTY, undefined);
    expect(subject).toBe('CloudPAM network: nothing new');
    expect(text).toContain('Tuesday, 3 March 2026: nothing new');
    expect(text).toContain('No new findings since 2026-03-01 06:00 UTC.\nNothing is open.');
    expect(text).toContain('No lease ends within 14 days.');
    expect(html).toContain('No pool ends within 90 days');
    expect(html).not.toContain('href');
  });

  it('lists what is new, says how much more there is, and links to it', () => {
    const lease = { of: 'pool', id: 9, name: 'lab', text: '10.9.0.0/16' } as const;
    const content: DigestContent = {
      ...told([finding()], [{ type: 'drift', severity: 'warning', count: 12 }]),
      leases: {
        items: [
          { ...lease, endsAt: new Date('2026-03-05T00:00:00.000Z') },
          {
            ...lease,
            of: 'address',
            text: '10.9.0.7',
            endsAt: new Date('2026-03-01T00:00:00.000Z'),
          },
        ],
        total: 2,
      },
    };
    const { subject, text, html } = digestMail(DIGEST, content, 'https://ipam.example.com');
    expect(subject).toBe('CloudPAM network: 4 new findings, 2 leases end');
    const leases = 'https://ipam.example.com/discovery?tab=findings&type=lease_ends';
    for (const line of [
      '- [warning] Drift: 10.0.0.0/24 app eu-central-1\n    its name differs\n    https://ipam.example.com/pools/7',
      '... and 3 more\n    https://ipam.example.com/discovery?tab=findings\n',
      'Open: Drift (warning) 12.',
      '- 10.9.0.0/16 lab\n    its lease ends on 2026-03-05\n    https://ipam.example.com/pools/9',
      `- 10.9.0.7 lab\n    its lease ended on 2026-03-01\n    ${leases}`,
    ])
      expect(text).toContain(line);
    expect(html).toContain('href="https://ipam.example.com/pools/7"');
    expect(html).toContain(
      'href="https://ipam.example.com/discovery?tab=findings&amp;type=lease_ends"',
    );
  });

  it('has what others have named things as text, on one line, whatever it is', () => {
    const forged = '\r\n\r\n- [critical] forged\u202egnp.exe\u0000';
    const hostile = `"><img src=x onerror='x()'>&amp;${forged}${'🐈'.repeat(300)}`;
    const { subject, text, html } = digestMail(
      { ...DIGEST, name: hostile },
      told([finding({ name: hostile, detail: hostile, region: hostile })]),
      'https://ipam.example.com',
    );
    expect(subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect([...subject].length).toBeLessThanOrEqual(150);
    expect(text).not.toMatch(/^- \[critical\]/m);
    expect(text + html).not.toContain('\u202e');
    expect(html).not.toContain('<img');
    expect(html).toContain(
      '&quot;&gt;&lt;img src=x onerror=&#39;x()&#39;&gt;&amp;amp; - [critical]',
    );
    expect(html).not.toMatch(/\p{Cs}/u);
  });
});
