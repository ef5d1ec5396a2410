import type { ImportFormat } from '@cloudpam/import';
import { awsIpam } from '../aws/aws-ipam';
import { netboxApi } from '../netbox/netbox-api';
import type { JsonDialect } from './json-kind';

/** The formats that are JSON. */
export const JSON_DIALECTS: Readonly<Partial<Record<ImportFormat, JsonDialect>>> = {
  netbox_api: netboxApi,
  aws_ipam: awsIpam,
};
