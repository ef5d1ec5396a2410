import type { ImportFormat } from '@cloudpam/import';
import { awsIpam } from '../aws/aws-ipam';
import { ownExport } from '../cloudpam/own-export';
import { infoblox } from '../infoblox/infoblox';
import { netboxApi } from '../netbox/netbox-api';
import { netboxExport } from '../netbox/netbox-export';
import { netboxImport } from '../netbox/netbox-import';
import { phpipam } from '../phpipam/phpipam';
import { spreadsheet } from '../spreadsheet/spreadsheet';
import type { JsonDialect } from './json-kind';
import type { Dialect } from './table-kind';

type JsonFormat = 'netbox_api' | 'aws_ipam';

/** The formats that are CSV, in the order in which a header is shown to them. */
export const CSV_DIALECTS: Readonly<Record<Exclude<ImportFormat, JsonFormat>, Dialect>> = {
  cloudpam: ownExport,
  infoblox,
  netbox: netboxImport,
  netbox_export: netboxExport,
  phpipam,
  spreadsheet,
};

/** The formats that are JSON, in the order in which a list is shown to them. */
export const JSON_DIALECTS: Readonly<Record<JsonFormat, JsonDialect>> = {
  netbox_api: netboxApi,
  aws_ipam: awsIpam,
};
