import { accountStoreContract } from './account-store-contract';
import { addressStoreContract } from './address-store-contract';
import { addressesInTreeProperty } from './addresses-in-tree-property';
import { agentStoreContract } from './agent-store-contract';
import { answerStoreContract } from './answer-store-contract';
import { auditStoreContract } from './audit-store-contract';
import { countUsageContract } from './count-usage-contract';
import { deliveryStoreContract } from './delivery-store-contract';
import { deliverWebhooksContract } from './deliver-webhooks-contract';
import { digestStoreContract } from './digest-store-contract';
import { discoveryScopesContract } from './discovery-scopes-contract';
import { discoveryStoreContract } from './discovery-store-contract';
import { countEstateContract } from './count-estate-contract';
import { estateStoreContract } from './estate-store-contract';
import { forecastPoolsContract } from './forecast-pools-contract';
import { forecastStoreContract } from './forecast-store-contract';
import { freeBlocksContract } from './free-blocks-contract';
import { freeBlocksProperty } from './free-blocks-property';
import { mismatchStoreContract } from './mismatch-store-contract';
import { observedStoreContract } from './observed-store-contract';
import { subscriberStoreContract } from './subscriber-store-contract';
import { jobStoreContract } from './job-store-contract';
import { loginAttemptStoreContract } from './login-attempt-store-contract';
import { loginCountStoreContract } from './login-count-store-contract';
import { partStoreContract } from './part-store-contract';
import { followLogContract } from './follow-log-contract';
import { poolHandlersContract } from './pool-handlers-contract';
import { poolListContract } from './pool-list-contract';
import { poolRowsContract } from './pool-rows-contract';
import { poolTreeContract } from './pool-tree-contract';
import { accessScopeContract } from './access-scope-contract';
import { rangeStoreContract } from './range-store-contract';
import { recommendationStoreContract } from './recommendation-store-contract';
import { analysePoolsContract } from './analyse-pools-contract';
import { savedMapStoreContract } from './saved-map-store-contract';
import { sealStoreContract } from './seal-store-contract';
import { sendDigestsContract } from './send-digests-contract';
import { tellFindingsContract } from './tell-findings-contract';
import { toldStoreContract } from './told-store-contract';
import { tokenStoreContract } from './token-store-contract';
import type { AllStores } from './stores';
import type { OpenStorage } from './under-test';
import { unitOfWorkContract } from './unit-of-work-contract';
import { usageProperty } from './usage-property';
import { usageStoreContract } from './usage-store-contract';
import { userSessionStoreContract } from './user-session-store-contract';
import { userStoreContract } from './user-store-contract';
import { webhookStoreContract } from './webhook-store-contract';
import { vlanGroupStoreContract } from './vlan-group-store-contract';
import { vlanStoreContract } from './vlan-store-contract';
import { vrfStoreContract } from './vrf-store-contract';

type Suite = (name: string, open: OpenStorage) => void;

/** The promises of each store. One without a suite does not compile. */
const SUITES: { readonly [Name in keyof AllStores]: readonly Suite[] } = {
  answers: [answerStoreContract],
  audit: [auditStoreContract],
  seals: [sealStoreContract],
  subscribers: [subscriberStoreContract],
  tokens: [tokenStoreContract],
  users: [userStoreContract],
  sessions: [userSessionStoreContract],
  attempts: [loginAttemptStoreContract],
  loginCounts: [loginCountStoreContract],
  vrfs: [vrfStoreContract],
  vlanGroups: [vlanGroupStoreContract],
  vlans: [vlanStoreContract],
  accounts: [accountStoreContract],
  pools: [
    poolRowsContract,
    poolTreeContract,
    poolListContract,
    freeBlocksContract,
    freeBlocksProperty,
  ],
  addresses: [addressStoreContract, addressesInTreeProperty],
  ranges: [rangeStoreContract],
  discovery: [discoveryScopesContract, discoveryStoreContract],
  observed: [observedStoreContract],
  mismatches: [mismatchStoreContract],
  agents: [agentStoreContract],
  jobs: [jobStoreContract],
  parts: [partStoreContract],
  told: [toldStoreContract, tellFindingsContract],
  savedMaps: [savedMapStoreContract],
  digests: [digestStoreContract, sendDigestsContract],
  webhooks: [webhookStoreContract],
  deliveries: [deliveryStoreContract, deliverWebhooksContract],
  usage: [usageStoreContract, countUsageContract, usageProperty],
  forecasts: [forecastStoreContract, forecastPoolsContract],
  estate: [estateStoreContract, countEstateContract],
  recommendations: [recommendationStoreContract, analysePoolsContract],
};

/** The promises of every port: an adapter that passes is exchangeable for any other. */
export function storageContract(name: string, open: OpenStorage): void {
  unitOfWorkContract(name, open);
  accessScopeContract(name, open);
  poolHandlersContract(name, open);
  followLogContract(name, open);
  for (const suite of Object.values(SUITES).flat()) suite(name, open);
}
