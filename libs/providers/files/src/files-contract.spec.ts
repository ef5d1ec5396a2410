import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AWS_ESTATE,
  GCP_ESTATE,
  cloudNetworksContract,
  entriesUntilError,
  type ContractSubject,
  type RecordedEstate,
  type RecordedPage,
} from '@cloudpam/provider-contract';
import type { CloudScope } from '@cloudpam/reconciliation';
import { filesCloudNetworks } from './files-cloud-networks';

/** What a CLI prints: the entries of all pages at once, or nothing of them but the error. */
function printed(
  pages: readonly RecordedPage[],
  around: (entries: readonly object[]) => unknown,
): string {
  const { entries, error } = entriesUntilError(pages);
  return error
    ? `An error occurred (${error.code}): ${error.message}`
    : JSON.stringify(around(entries));
}

/** Saves an estate with the folders and the files of one cloud's CLI. */
async function saved(
  estate: RecordedEstate,
  folderOf: (scope: CloudScope) => string,
  files: { readonly networks: SavedList; readonly subnets: SavedList },
): Promise<ContractSubject> {
  const root = await mkdtemp(join(tmpdir(), 'cloudpam-files-'));
  for (const recorded of Object.values(estate.scopes)) {
    const folder = join(root, folderOf(recorded.scope));
    await mkdir(folder, { recursive: true });
    for (const list of ['networks', 'subnets'] as const)
      await writeFile(join(folder, files[list].file), printed(recorded[list], files[list].around));
  }
  const [cloud] = await filesCloudNetworks(root);
  if (!cloud) throw new Error('the estate was not found');
  return { cloud, close: () => rm(root, { recursive: true }) };
}

interface SavedList {
  readonly file: string;
  readonly around: (entries: readonly object[]) => unknown;
}

cloudNetworksContract('FilesCloudNetworks over saved output of aws', AWS_ESTATE, (estate) =>
  saved(estate, ({ account, region }) => `aws/${account}/${region}`, {
    networks: { file: 'vpcs.json', around: (Vpcs) => ({ Vpcs }) },
    subnets: { file: 'subnets.json', around: (Subnets) => ({ Subnets }) },
  }),
);

cloudNetworksContract('FilesCloudNetworks over saved output of gcloud', GCP_ESTATE, (estate) =>
  saved(estate, ({ account }) => `gcp/${account}`, {
    networks: { file: 'networks.json', around: (entries) => entries },
    subnets: { file: 'subnets.json', around: (entries) => entries },
  }),
);
