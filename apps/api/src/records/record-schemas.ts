import { DISCOVERY_POLICIES, PROVIDERS } from '@cloudpam/pools';
import { id, integer, list, nullable, object, oneOf, PAGE, text, time, type Schema } from '../http/schema';

const KEPT = { created_at: time, updated_at: time, version: { type: 'integer' } };
const IDENTITY = { provider: oneOf(PROVIDERS), external_id: text(200) };
const ACCOUNT = {
  name: text(), platform: nullable(text(200)), tier: nullable(text(200)), environment: nullable(text(200)),
  regions: list(text(100), { maxItems: 200 }), description: text(),
  discovery_policy: nullable(oneOf(DISCOVERY_POLICIES)), discovery_interval: nullable(integer(60, 31_536_000)),
};
const VRF = { name: text(), rd: nullable(text(100)), description: text() };

export const NEW_ACCOUNT = object({ ...IDENTITY, ...ACCOUNT, key: text(300) }, ['name', 'provider', 'external_id']);
export const ACCOUNT_PATCH = object(ACCOUNT, []);
export const NEW_VRF = object(VRF, ['name']);
export const VRF_PATCH = object(VRF, []);
export const ACCOUNT_FILTER = { provider: oneOf(PROVIDERS), environment: text(200), q: text(500) };
export const ACCOUNT_QUERY = object({ ...PAGE, ...ACCOUNT_FILTER }, []);
export const RECORD_QUERY = object({ ...PAGE, q: text(500) }, []);

export const RECORD_COMPONENTS: Record<string, Schema> = {
  Account: object({ id, key: text(), ...IDENTITY, ...ACCOUNT, ...KEPT }),
  Vrf: object({ id, ...VRF, ...KEPT }),
  Regions: object({ items: list(object({ region: text() })) }),
};
