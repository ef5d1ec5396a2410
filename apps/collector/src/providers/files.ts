import { filesCloudNetworks } from '@cloudpam/provider-files';
import { provider } from './provider';
import { REGIONS } from './regions';

/** Reads saved CLI output, of AWS and GCP. */
export const files = provider({
  name: 'files',
  title: 'Saved CLI output',
  source: 'saved CLI output',
  options: {
    regions: REGIONS,
    path: { kind: 'text', value: 'DIR', help: 'the folder' },
  },
  read(given) {
    const [path, regions] = [given.get('path'), given.get('regions')];
    if (path === undefined) given.refuse('--path is missing: the folder of saved CLI output');
    return { path: path ?? '', ...(regions && { regions }) };
  },
  open: ({ path, regions }) => filesCloudNetworks(path, { regions }),
});
