import type { RecommendationStore } from '@cloudpam/analysis';
import type { AuditStores } from '@cloudpam/audit';
import type { DigestStores } from '@cloudpam/digests';
import type { WebhookStores } from '@cloudpam/events';
import type { UsageStores } from '@cloudpam/forecast';
import type { IdentityStores } from '@cloudpam/identity';
import type { ImportStores } from '@cloudpam/import';
import type { ReconciliationStores } from '@cloudpam/reconciliation';
import type { EntitySchema } from 'typeorm';
import { accountEntity } from './account-row';
import type { Dialect } from './dialect';
import { FreeSpace } from './free-space';
import type { Session } from './session';
import { tokenEntity } from './token-row';
import { TypeOrmAccountStore } from './typeorm-account-store';
import { TypeOrmAddressStore } from './typeorm-address-store';
import { TypeOrmAgentStore } from './typeorm-agent-store';
import { TypeOrmAnswerStore } from './typeorm-answer-store';
import { TypeOrmAuditStore } from './typeorm-audit-store';
import { TypeOrmDeliveryStore } from './typeorm-delivery-store';
import { TypeOrmDigestStore } from './typeorm-digest-store';
import { TypeOrmDiscoveryStore } from './typeorm-discovery-store';
import { TypeOrmSubscriberStore } from './typeorm-subscriber-store';
import { TypeOrmEstateStore } from './typeorm-estate-store';
import { TypeOrmForecastStore } from './typeorm-forecast-store';
import { TypeOrmJobStore } from './typeorm-job-store';
import { TypeOrmLoginCountStore } from './typeorm-login-count-store';
import { TypeOrmMismatchStore } from './typeorm-mismatch-store';
import { TypeOrmObservedStore } from './typeorm-observed-store';
import { TypeOrmPartStore } from './typeorm-part-store';
import { TypeOrmPoolStore } from './typeorm-pool-store';
import { TypeOrmRangeStore } from './typeorm-range-store';
import { TypeOrmRecommendationStore } from './typeorm-recommendation-store';
import { TypeOrmSavedMapStore } from './typeorm-saved-map-store';
import { TypeOrmSealStore } from './typeorm-seal-store';
import { TypeOrmToldStore } from './typeorm-told-store';
import { TypeOrmTokenStore } from './typeorm-token-store';
import { TypeOrmLoginAttemptStore, TypeOrmUserSessionStore } from './typeorm-user-session-store';
import { TypeOrmUsageStore } from './typeorm-usage-store';
import { TypeOrmUserStore } from './typeorm-user-store';
import { TypeOrmVlanGroupStore } from './typeorm-vlan-group-store';
import { TypeOrmVlanStore } from './typeorm-vlan-store';
import { TypeOrmVrfStore } from './typeorm-vrf-store';
import { TypeOrmWebhookStore } from './typeorm-webhook-store';
import { vlanGroupEntity } from './vlan-group-row';
import { vlanEntity } from './vlan-row';
import { vrfEntity } from './vrf-row';

/** Every store that the domains ask a storage for, inside one unit of work. */
export type TypeOrmStores = AuditStores &
  IdentityStores &
  ReconciliationStores &
  ImportStores &
  WebhookStores &
  DigestStores &
  UsageStores & { readonly recommendations: RecommendationStore };

/** How each store is made. One that is missing here does not compile. */
export function storesOf(session: Session): TypeOrmStores {
  const freeSpace = new FreeSpace(session);
  return {
    answers: new TypeOrmAnswerStore(session),
    audit: new TypeOrmAuditStore(session),
    seals: new TypeOrmSealStore(session),
    subscribers: new TypeOrmSubscriberStore(session),
    tokens: new TypeOrmTokenStore(session),
    users: new TypeOrmUserStore(session),
    sessions: new TypeOrmUserSessionStore(session),
    attempts: new TypeOrmLoginAttemptStore(session),
    loginCounts: new TypeOrmLoginCountStore(session),
    pools: new TypeOrmPoolStore(session, freeSpace),
    addresses: new TypeOrmAddressStore(session, freeSpace),
    ranges: new TypeOrmRangeStore(session, freeSpace),
    vrfs: new TypeOrmVrfStore(session),
    vlanGroups: new TypeOrmVlanGroupStore(session),
    vlans: new TypeOrmVlanStore(session),
    accounts: new TypeOrmAccountStore(session),
    discovery: new TypeOrmDiscoveryStore(session, freeSpace),
    observed: new TypeOrmObservedStore(session, freeSpace),
    mismatches: new TypeOrmMismatchStore(session),
    agents: new TypeOrmAgentStore(session),
    jobs: new TypeOrmJobStore(session),
    parts: new TypeOrmPartStore(session),
    told: new TypeOrmToldStore(session),
    savedMaps: new TypeOrmSavedMapStore(session),
    digests: new TypeOrmDigestStore(session),
    webhooks: new TypeOrmWebhookStore(session),
    deliveries: new TypeOrmDeliveryStore(session),
    usage: new TypeOrmUsageStore(session),
    forecasts: new TypeOrmForecastStore(session),
    estate: new TypeOrmEstateStore(session),
    recommendations: new TypeOrmRecommendationStore(session),
  };
}

/** What TypeORM must know of a database. */
export function entities(dialect: Dialect): EntitySchema<unknown>[] {
  // TypeORM takes schemas of any row.
  return [vrfEntity, vlanGroupEntity, vlanEntity, accountEntity, tokenEntity].map(
    (entity) => entity(dialect) as EntitySchema<unknown>,
  );
}
