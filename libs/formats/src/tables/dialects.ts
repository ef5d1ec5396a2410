import type { ImportFormat } from '@cloudpam/import';
import { ownExport } from '../cloudpam/own-export';
import { infoblox } from '../infoblox/infoblox';
import { netboxExport } from '../netbox/netbox-export';
import { netboxImport } from '../netbox/netbox-import';
import { phpipam } from '../phpipam/phpipam';
import { spreadsheet } from '../spreadsheet/spreadsheet';
import type { Dialect } from './table-kind';

/** The formats that are CSV, in the order in which a header is shown to them. */
export const DIALECTS: Readonly<Partial<Record<ImportFormat, Dialect>>> = {
  cloudpam: ownExport,
  infoblox,
  netbox: netboxImport,
  netbox_export: netboxExport,
  phpipam,
  spreadsheet,
};
