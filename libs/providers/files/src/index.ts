export { FilesCloudNetworks, filesCloudNetworks } from './files-cloud-networks';
export type { FilesOptions } from './files-cloud-networks';
