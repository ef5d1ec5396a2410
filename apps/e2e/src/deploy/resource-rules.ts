import { Cron } from 'croner';
import { containersOf } from './containers';
import { permissionFaults } from './permissions';
import { settingFaults } from './settings';
import type { Resource } from './terraform-copy';
import { at, list, text } from './value';

const PINNED = /(:v?\d+\.\d+\.\d+[0-9A-Za-z.-]*|@sha256:[0-9a-f]{64})$/;
const EVERYWHERE = ['0.0.0.0/0', '::/0'];
const PROBES = ['/readyz', '/healthz'];

/** What must not be among resources, each with its address and attribute. */
export function resourceFaults(resources: readonly Resource[]): string[] {
  const containers = containersOf(resources);
  return [
    ...containers.flatMap(({ address, app, image, probes }) => [
      ...(PINNED.test(image) ? [] : [`${address}: image ${image} is not pinned`]),
      ...(app === 'server' && probes.join() !== PROBES.join()
        ? [`${address}: probes ask ${probes.join(', ')}`]
        : []),
    ]),
    ...containers.flatMap((each) => settingFaults(each, resources)),
    ...resources.flatMap((each) => [
      ...scheduleFaults(each),
      ...(isOpen(each) ? [`${each.address}: lets others in`] : []),
      ...databaseFaults(each),
    ]),
    ...permissionFaults(resources),
  ];
}

function scheduleFaults({ address, type, values }: Resource): string[] {
  const said =
    type === 'google_cloud_scheduler_job'
      ? text(at(values, 'schedule'))
      : type === 'aws_scheduler_schedule'
        ? text(at(values, 'schedule_expression'))
        : undefined;
  if (said === undefined || /^rate\([1-9]\d* (minute|hour|day)s?\)$/.test(said)) return [];
  // EventBridge has a sixth field for the year, and ? for "any".
  const cron = /^cron\((\S+ \S+ \S+ \S+ \S+) \S+\)$/.exec(said)?.[1]?.replaceAll('?', '*') ?? said;
  try {
    if (cron.split(' ').length !== 5) throw new Error('it has not five fields');
    const next = new Cron(cron, { paused: true }).nextRun();
    return next ? [] : [`${address}: schedule ${said} never comes`];
  } catch (error) {
    return [`${address}: schedule ${said}: ${String(error)}`];
  }
}

function isOpen({ type, values }: Resource): boolean {
  const from = (...attributes: string[]): unknown[] =>
    attributes.flatMap((name) => [at(values, name), ...list(at(values, name))]);
  const isEverywhere = (sources: readonly unknown[]): boolean =>
    sources.some((each) => EVERYWHERE.some((all) => all === each));
  switch (type) {
    case 'aws_vpc_security_group_ingress_rule':
      return isEverywhere(from('cidr_ipv4', 'cidr_ipv6'));
    case 'aws_security_group':
      // Rules stand by themselves, where they are looked at.
      return (at(values, 'ingress') ?? null) !== null;
    case 'google_compute_firewall':
      return at(values, 'direction') !== 'EGRESS' && isEverywhere(from('source_ranges'));
    default:
      return false;
  }
}

function databaseFaults({ address, type, values }: Resource): string[] {
  if (type !== 'google_sql_database_instance') return [];
  const wanted: readonly [string, unknown, unknown][] = [
    ['ipv4_enabled', at(values, 'settings', 0, 'ip_configuration', 0, 'ipv4_enabled'), false],
    ['ssl_mode', at(values, 'settings', 0, 'ip_configuration', 0, 'ssl_mode'), 'ENCRYPTED_ONLY'],
    ['backups', at(values, 'settings', 0, 'backup_configuration', 0, 'enabled'), true],
  ];
  return wanted
    .filter(([, found, right]) => found !== right)
    .map(([name, found, right]) => `${address}: ${name} is ${String(found)}, not ${String(right)}`);
}
