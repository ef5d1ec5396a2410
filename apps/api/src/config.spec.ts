import { readConfig } from './config';

describe('readConfig', () => {
  it('gives the embedded form when nothing is set', () => {
    expect(readConfig({})).toMatchObject({ port: 8080, host: '127.0.0.1', databaseUrl: 'sqlite:data/cloudpam.sqlite', discoveryPolicy: 'auto' });
  });

  it('names every mistake at once', () => {
    const mistakes = (): unknown => readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', DISCOVERY_POLICY: 'maybe', CLOUDPAM_COLOUR: 'red', CLOUDPAM_BOOTSTRAP_TOKEN: 'secret' });
    for (const name of ['PORT', 'DATABASE_URL', 'DISCOVERY_POLICY', 'CLOUDPAM_COLOUR', 'CLOUDPAM_BOOTSTRAP_TOKEN']) expect(mistakes).toThrow(name);
  });
});
