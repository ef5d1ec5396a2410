import { importRow } from '../testing/import-samples';
import { planTree } from './plan-tree';
import type { PlanLine } from './plan-tree';

const pool = (cidr: string, vrf = 'global') => importRow({ cidr, vrf, label: cidr });

const texts = (lines: readonly PlanLine[]): string[] =>
  lines.map((line) =>
    line.type === 'heading'
      ? `${line.title}${line.row ? ` ${line.row.action}` : ''}: ${line.count}`
      : `${'  '.repeat(line.depth)}${line.row.label}`,
  );

it('nests rows of any order by VRF and by what contains what, IPv4 and IPv6', () => {
  const rows = [
    pool('10.1.2.0/24'),
    pool('2001:db8::/48'),
    pool('10.0.0.0/8', 'lab'),
    pool('10.1.0.0/16'),
    pool('10.0.0.0/8'),
    pool('2001:db8::/32'),
    pool('10.2.0.0/16'),
  ];
  expect(texts(planTree(rows))).toEqual([
    'VRF global: 6',
    '  10.0.0.0/8',
    '    10.1.0.0/16',
    '      10.1.2.0/24',
    '    10.2.0.0/16',
    '  2001:db8::/32',
    '    2001:db8::/48',
    'VRF lab: 1',
    '  10.0.0.0/8',
  ]);
});

it('has each row once, whatever it is', () => {
  const rows = [
    pool('10.0.0.0/8', 'lab'),
    importRow({ entity: 'vrf', label: 'lab', cidr: null, vrf: null }),
    importRow({ entity: 'vlan', label: '100 voice', cidr: null, vrf: null }),
    importRow({ entity: null, label: 'total', cidr: null, vrf: null, action: 'skip' }),
    importRow({ label: '10.0.0.1/8', cidr: '10.0.0.1/8', action: 'error' }),
  ];
  expect(texts(planTree(rows))).toEqual([
    'VRF lab create: 1',
    '  10.0.0.0/8',
    'VLANs: 1',
    '  100 voice',
    'Not kept here: 1',
    '  total',
    'Without a place: 1',
    '  10.0.0.1/8',
  ]);
});

it('hides what lies in a closed line, and nothing else', () => {
  const rows = ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '11.0.0.0/8'].map((one) => pool(one));
  const closed = new Set(
    planTree(rows).flatMap(({ key, row }) => (row?.label === '10.0.0.0/8' ? [key] : [])),
  );
  expect(texts(planTree(rows, closed))).toEqual(['VRF global: 4', '  10.0.0.0/8', '  11.0.0.0/8']);
  expect(texts(planTree(rows, new Set(['VRF global'])))).toEqual(['VRF global: 4']);
});
