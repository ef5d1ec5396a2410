import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from './config';

describe('readConfig', () => {
  it('gives the embedded form when nothing is set', () => {
    expect(readConfig({})).toMatchObject({ port: 8080, host: '127.0.0.1', databaseUrl: 'sqlite:data/cloudpam.sqlite', discoveryPolicy: 'auto' });
  });

  it('names every mistake at once', () => {
    const mistakes = (): unknown => readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', DISCOVERY_POLICY: 'maybe', CLOUDPAM_COLOUR: 'red', CLOUDPAM_BOOTSTRAP_TOKEN: 'secret' });
    for (const name of ['PORT', 'DATABASE_URL', 'DISCOVERY_POLICY', 'CLOUDPAM_COLOUR', 'CLOUDPAM_BOOTSTRAP_TOKEN']) expect(mistakes).toThrow(name);
  });

  it('reads durations', () => {
    expect(readConfig({ ORPHAN_COOLDOWN: '7d', DISCOVERY_INTERVAL: '90m' })).toMatchObject({ orphanCooldown: 604_800, discoveryInterval: 5_400 });
    expect(readConfig({ DISCOVERY_INTERVAL: '0' })).toMatchObject({ orphanCooldown: 0, discoveryInterval: 0 });
    expect(() => readConfig({ ORPHAN_COOLDOWN: '7 days' })).toThrow('ORPHAN_COOLDOWN must be a duration');
  });

  it('reads where the audit log goes', () => {
    expect(readConfig({})).toMatchObject({ auditForward: undefined, auditForwardFormat: 'jsonl' });
    for (const to of ['file:audit.jsonl', 'unix:/run/syslog.sock', 'tcp://logs.example.com:601', 'udp://[2001:db8::1]:514']) {
      expect(readConfig({ AUDIT_FORWARD: to, AUDIT_FORWARD_FORMAT: 'syslog' })).toMatchObject({ auditForward: to, auditForwardFormat: 'syslog' });
    }
    for (const to of ['file:', 'http://logs:80', 'tcp://logs', 'udp://logs:99999', '/var/log/audit']) expect(() => readConfig({ AUDIT_FORWARD: to })).toThrow('AUDIT_FORWARD must be');
    expect(() => readConfig({ AUDIT_FORWARD_FORMAT: 'xml' })).toThrow('AUDIT_FORWARD_FORMAT must be one of jsonl, syslog');
  });

  it('does not mind the names of the collector, nor those of a Kubernetes service', () => {
    const documented = readFileSync(path.join(__dirname, '../../../docs/collectors/README.md'), 'utf8').match(/CLOUDPAM_[A-Z_]+/g) ?? [];
    expect(documented.length).toBeGreaterThan(20);
    const names = [...documented, 'CLOUDPAM_PORT', 'CLOUDPAM_PORT_8080_TCP', 'CLOUDPAM_PORT_8080_TCP_ADDR', 'CLOUDPAM_SERVICE_PORT_HTTP'];
    expect(() => readConfig(Object.fromEntries(names.map((name) => [name, 'x'])))).not.toThrow();
  });
});
