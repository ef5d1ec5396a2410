import type { ImportFormat } from '@cloudpam/import';
import { netboxApi } from '../netbox/netbox-api';
import type { JsonDialect } from './json-kind';

/** The formats that are JSON. */
export const JSON_DIALECTS: Readonly<Partial<Record<ImportFormat, JsonDialect>>> = {
  netbox_api: netboxApi,
};
