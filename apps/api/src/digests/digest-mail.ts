import { formatDay, type ForecastOfPool } from '@cloudpam/forecast';
import { formatCidr } from '@cloudpam/cidr';
import {
  DIGEST_FORECAST_DAYS,
  isEmptyDigest,
  type Digest,
  type DigestContent,
  type LeaseEnd,
  type Listed,
} from '@cloudpam/digests';
import { findingReason, type AnyFindingType, type ToldFinding } from '@cloudpam/reconciliation';
import { oneLine } from '../events/one-line';

/** A digest as it is sent. */
export interface DigestMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const TITLES: Readonly<Record<AnyFindingType, string>> = {
  overlap: 'Overlap',
  conflict: 'Conflict',
  drift: 'Drift',
  orphan: 'Orphan',
  unmanaged: 'Unmanaged',
  compliance: 'Breaks a rule',
  unseen: 'Not seen any more',
  exhausts_soon: 'Ends soon',
  lease_ends: 'Lease ends',
  stale_address: 'Address not in use',
  unknown_address: 'Address without a record',
  webhook_paused: 'Webhook paused',
};
const SUBJECT_LENGTH = 150;
const NAME_LENGTH = 200;

/** A line of a section: what it is of, where its page is, and what is said of it. */
interface Item {
  readonly label: string;
  readonly path: string;
  readonly detail: string;
}
interface Section {
  readonly title: string;
  /** Said where there is nothing to list. */
  readonly none: string;
  readonly items: readonly Item[];
  /** How many there are beyond those, and where they are. */
  readonly more: { readonly count: number; readonly path: string };
  /** Said below the list. */
  readonly notes: readonly string[];
}

/**
 * What a digest looks like.
 * @param publicUrl where people use the server; undefined: nothing is linked
 */
export function digestMail(
  digest: Pick<Digest, 'name' | 'schedule'>,
  content: DigestContent,
  publicUrl: string | undefined,
): DigestMail {
  const name = line(digest.name);
  const sections = sectionsOf(content);
  const summary = summaryOf(content);
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: digest.schedule.timeZone,
    dateStyle: 'full',
  }).format(content.at);
  const because = `You get this because you are a recipient of the digest ${name} of CloudPAM.`;
  return {
    subject: line(`CloudPAM ${name}: ${summary}`, SUBJECT_LENGTH),
    text: textOf({ name, day, summary, because, sections }, publicUrl),
    html: htmlOf({ name, day, summary, because, sections }, publicUrl),
  };
}

interface Written {
  readonly name: string;
  readonly day: string;
  readonly summary: string;
  readonly because: string;
  readonly sections: readonly Section[];
}

function summaryOf(content: DigestContent): string {
  if (isEmptyDigest(content)) return 'nothing new';
  const { findings, leases, forecasts } = content;
  const said = [
    counted(findings?.fresh.total, 'new finding', 'new findings'),
    counted(leases?.total, 'lease ends', 'leases end'),
    counted(forecasts?.total, 'pool ends soon', 'pools end soon'),
  ];
  return said.filter((each) => each !== undefined).join(', ');
}

function counted(count: number | undefined, one: string, many: string): string | undefined {
  return count ? `${count} ${count === 1 ? one : many}` : undefined;
}

function sectionsOf(content: DigestContent): Section[] {
  const { findings, leases, forecasts, at } = content;
  const since = content.since.toISOString().slice(0, 16).replace('T', ' ');
  return [
    ...(findings
      ? [
          section(
            'New findings',
            `No new findings since ${since} UTC.`,
            findings.fresh,
            findingItem,
            '/discovery?tab=findings',
            [
              findings.open.length === 0
                ? 'Nothing is open.'
                : `Open: ${findings.open
                    .map(({ type, severity, count }) => `${TITLES[type]} (${severity}) ${count}`)
                    .join(', ')}.`,
            ],
          ),
        ]
      : []),
    ...(leases
      ? [
          section(
            'Leases that end',
            'No lease ends within 14 days.',
            leases,
            (lease) => leaseItem(lease, at),
            '/discovery?tab=findings&type=lease_ends',
          ),
        ]
      : []),
    ...(forecasts
      ? [
          section(
            'Pools that end soon',
            `No pool ends within ${DIGEST_FORECAST_DAYS} days, as far as can be told.`,
            forecasts,
            (ending) => forecastItem(ending, at),
            '/forecasts',
          ),
        ]
      : []),
  ];
}

function section<Of>(
  title: string,
  none: string,
  { items, total }: Listed<Of>,
  itemOf: (one: Of) => Item,
  path: string,
  notes: readonly string[] = [],
): Section {
  const more = { count: total - items.length, path };
  return { title, none, items: items.map(itemOf), more, notes };
}

function findingItem({ facts }: ToldFinding): Item {
  const { type, severity, subject, subject_id: id, pool_id: pool, cidr, name, region } = facts;
  const what = [cidr, name, region].filter((each) => each !== null && each !== '').join(' ');
  const path =
    subject === 'webhook'
      ? `/webhooks/${id}`
      : subject === 'pool' || (subject !== 'address' && pool !== null)
        ? `/pools/${pool ?? id}`
        : `/discovery?tab=findings&type=${type}`;
  return {
    label: line(`[${severity}] ${TITLES[type]}: ${what}`),
    path,
    detail: line(facts.detail),
  };
}

function leaseItem({ of, id, name, text, endsAt }: LeaseEnd, at: Date): Item {
  const day = endsAt.toISOString().slice(0, 10);
  return {
    label: line(`${text} ${name}`),
    path: of === 'pool' ? `/pools/${id}` : '/discovery?tab=findings&type=lease_ends',
    detail: endsAt > at ? `its lease ends on ${day}` : `its lease ended on ${day}`,
  };
}

function forecastItem(ending: ForecastOfPool, at: Date): Item {
  const { pool } = ending;
  return {
    label: line(`${formatCidr(pool.cidr)} ${pool.name}`),
    path: `/pools/${pool.id}?tab=usage`,
    detail: `${findingReason({ type: 'exhausts_soon', ending }, at)} (told on ${formatDay(ending.madeOn)})`,
  };
}

function textOf(written: Written, publicUrl: string | undefined): string {
  const { name, day, summary, because, sections } = written;
  const link = (path: string): string[] =>
    publicUrl === undefined ? [] : [`    ${publicUrl}${path}`];
  const parts = sections.map(({ title, none, items, more, notes }) =>
    [
      title.toUpperCase(),
      ...(items.length === 0 ? [none] : []),
      ...items.flatMap(({ label, detail, path }) => [`- ${label}`, `    ${detail}`, ...link(path)]),
      ...(more.count > 0 ? [`... and ${more.count} more`, ...link(more.path)] : []),
      ...notes,
    ].join('\n'),
  );
  const head = `${name}\n${day}: ${summary}`;
  return `${[head, ...parts, `-- \n${because}`].join('\n\n')}\n`;
}

const STYLE = {
  body: 'margin:0;padding:24px;background:#fff;color:#1f2933;font:15px/1.5 system-ui,sans-serif',
  h1: 'margin:0;font-size:20px',
  h2: 'margin:24px 0 8px;font-size:16px',
  muted: 'margin:0;color:#52606d',
  list: 'margin:0;padding-left:20px',
  link: 'color:#0b5cad',
} as const;

function htmlOf(written: Written, publicUrl: string | undefined): string {
  const { name, day, summary, because, sections } = written;
  const linked = (text: string, path: string): string =>
    publicUrl === undefined
      ? escaped(text)
      : `<a href="${escaped(publicUrl + path)}" style="${STYLE.link}">${escaped(text)}</a>`;
  const muted = (text: string): string => `<p style="${STYLE.muted}">${text}</p>`;
  const parts = sections.map(({ title, none, items, more, notes }) =>
    [
      `<h2 style="${STYLE.h2}">${escaped(title)}</h2>`,
      ...(items.length === 0 ? [muted(escaped(none))] : []),
      ...(items.length > 0
        ? [
            `<ul style="${STYLE.list}">`,
            ...items.map(
              ({ label, detail, path }) =>
                `<li>${linked(label, path)}<br><span style="${STYLE.muted}">${escaped(detail)}</span></li>`,
            ),
            '</ul>',
          ]
        : []),
      ...(more.count > 0 ? [muted(linked(`... and ${more.count} more`, more.path))] : []),
      ...notes.map((note) => muted(escaped(note))),
    ].join('\n'),
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escaped(name)}</title></head>`,
    `<body style="${STYLE.body}">`,
    `<h1 style="${STYLE.h1}">${escaped(name)}</h1>`,
    muted(`${escaped(day)}: ${escaped(summary)}`),
    ...parts,
    `<hr style="margin:24px 0;border:0;border-top:1px solid #d9e2ec">`,
    muted(escaped(because)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function line(text: string, most = NAME_LENGTH): string {
  return oneLine(text, most);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
