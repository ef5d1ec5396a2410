import { accountStoreContract } from './account-store-contract';
import { agentStoreContract } from './agent-store-contract';
import { answerStoreContract } from './answer-store-contract';
import { auditStoreContract } from './audit-store-contract';
import { discoveryScopesContract } from './discovery-scopes-contract';
import { discoveryStoreContract } from './discovery-store-contract';
import { freeBlocksContract } from './free-blocks-contract';
import { freeBlocksProperty } from './free-blocks-property';
import { forwardStoreContract } from './forward-store-contract';
import { jobStoreContract } from './job-store-contract';
import { partStoreContract } from './part-store-contract';
import { poolListContract } from './pool-list-contract';
import { poolRowsContract } from './pool-rows-contract';
import { poolTreeContract } from './pool-tree-contract';
import { accessScopeContract } from './access-scope-contract';
import { sealStoreContract } from './seal-store-contract';
import { tokenStoreContract } from './token-store-contract';
import type { OpenStorage } from './under-test';
import { unitOfWorkContract } from './unit-of-work-contract';
import { userSessionStoreContract } from './user-session-store-contract';
import { userStoreContract } from './user-store-contract';
import { vlanStoreContract } from './vlan-store-contract';
import { vrfStoreContract } from './vrf-store-contract';

/** The promises of `PoolStore`. */
export function poolStoreContract(name: string, open: OpenStorage): void {
  poolRowsContract(name, open);
  poolTreeContract(name, open);
  poolListContract(name, open);
  freeBlocksContract(name, open);
  freeBlocksProperty(name, open);
}

/** The promises of every port: an adapter that passes is exchangeable for any other. */
export function storageContract(name: string, open: OpenStorage): void {
  unitOfWorkContract(name, open);
  answerStoreContract(name, open);
  auditStoreContract(name, open);
  sealStoreContract(name, open);
  forwardStoreContract(name, open);
  tokenStoreContract(name, open);
  userStoreContract(name, open);
  userSessionStoreContract(name, open);
  vrfStoreContract(name, open);
  vlanStoreContract(name, open);
  accountStoreContract(name, open);
  poolStoreContract(name, open);
  discoveryScopesContract(name, open);
  discoveryStoreContract(name, open);
  agentStoreContract(name, open);
  jobStoreContract(name, open);
  partStoreContract(name, open);
  accessScopeContract(name, open);
}
