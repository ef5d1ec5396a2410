// Made from openapi.json by tools/openapi.mjs; do not edit.
/** PoolKind. */
export const poolKindWords = [
  'container',
  'vpc',
  'subnet',
  'secondary_range',
  'reservation',
] as const;
/** PoolStatus. */
export const poolStatusWords = [
  'planned',
  'active',
  'deprecated',
] as const;
/** PoolSource. */
export const poolSourceWords = [
  'manual',
  'discovered',
] as const;
/** SyncStatus. */
export const syncStatusWords = [
  'synced',
  'drift',
  'orphaned',
] as const;
/** What kind of actor it is. */
export const actorTypeWords = [
  'user',
  'token',
  'collector',
  'system',
] as const;
/** What kind of thing was changed. */
export const entityTypeWords = [
  'pool',
  'address',
  'range',
  'resource',
  'account',
  'vrf',
  'vlan_group',
  'vlan',
  'job',
  'network',
  'finding',
  'lease',
  'scope',
  'token',
  'user',
  'import_map',
  'webhook',
  'digest',
] as const;
/** The cloud of the resource it stands for. */
export const providerWords = [
  'aws',
  'gcp',
  'azure',
  'onprem',
] as const;
/** What is noticed, for programs. */
export const warningCodeWords = [
  'in_use_by_cloud',
] as const;
/** BlockFilter. */
export const blockFilterWords = [
  'free',
  'used',
  'all',
] as const;
/** Free, taken as a whole, or taken in part. */
export const blockStatusWords = [
  'free',
  'used',
  'partial',
] as const;
/** BulkMode. */
export const bulkModeWords = [
  'atomic',
  'partial',
] as const;
/** Whether there is a pool now. */
export const bulkRowStatusWords = [
  'created',
  'error',
] as const;
/** Which of the free blocks: the first, the smallest that fits, the last. */
export const strategyWords = [
  'first_fit',
  'best_fit',
  'last_fit',
] as const;
/** AddressStatus. */
export const addressStatusWords = [
  'reserved',
  'active',
  'deprecated',
] as const;
/** AddressRole. */
export const addressRoleWords = [
  'host',
  'gateway',
  'vip',
  'dhcp',
] as const;
/** What it was given as: to an interface, as a public address, or reserved by name. */
export const observedKindWords = [
  'interface',
  'elastic',
  'external',
  'static',
] as const;
/** Whether `set` is set of each, or each is given back. */
export const bulkAddressActionWords = [
  'update',
  'delete',
] as const;
/** Whether it is the network or broadcast address, the subnet-router anycast address (RFC 4291), or one that the cloud keeps. */
export const forbiddenReasonWords = [
  'network',
  'broadcast',
  'router_anycast',
  'cloud',
] as const;
/** Which of the free addresses: the lowest, the highest, or any. */
export const addressStrategyWords = [
  'first',
  'last',
  'random',
] as const;
/** How far the interfaces of the subnet were listed the last time. */
export const interfaceCoverageWords = [
  'complete',
  'partial',
  'failed',
  'off',
] as const;
/** RangePurpose. */
export const rangePurposeWords = [
  'dhcp',
  'reserved',
  'excluded',
  'quarantine',
] as const;
/** Whether a DHCP server gives its addresses out, they are for those who name the range, or nobody gets them. */
export const chosenRangePurposeWords = [
  'dhcp',
  'reserved',
  'excluded',
] as const;
/** `forecast`: there is a day; `exhausted`: it does not fit now; `not_enough_history`: less than 26 weeks, or 8 days with changes; `no_growth`; `beyond_3_years`. */
export const forecastOutcomeWords = [
  'forecast',
  'exhausted',
  'not_enough_history',
  'no_growth',
  'beyond_3_years',
] as const;
/** By what forecasts of its past were worth; of `forecast` alone. */
export const forecastConfidenceWords = [
  'low',
  'medium',
  'high',
] as const;
/** What is wrong. */
export const agedFindingTypeWords = [
  'overlap',
  'conflict',
  'drift',
  'orphan',
  'unmanaged',
  'compliance',
  'stale_address',
  'unknown_address',
] as const;
/** What it is. */
export const leaseTypeWords = [
  'pool',
  'address',
  'range',
] as const;
/** The worst of its regions. */
export const coverageWords = [
  'complete',
  'partial',
  'failed',
] as const;
/** The field that is null. */
export const dashboardPartWords = [
  'findings',
  'leases',
  'ending',
  'coverage',
  'estate',
  'webhooks',
  'changes',
] as const;
/** `not_counted_yet`: the server has just begun; `too_many_pools`: more than 2,000, for a caller with limits; `not_allowed`: the caller may not read it; `failed`: the log of the server says more. */
export const missingReasonWords = [
  'not_counted_yet',
  'too_many_pools',
  'not_allowed',
  'failed',
] as const;
/** RecommendationKind. */
export const recommendationKindWords = [
  'duplicate',
  'shadowed',
  'undersized',
  'fragmented',
  'breaks_rules',
  'oversized',
  'unused',
] as const;
/** Severity. */
export const severityWords = [
  'high',
  'medium',
  'low',
] as const;
/** `merge` the pools; give the pool another CIDR (`resize`, `move`); `reclaim`: delete it; `edit` its tags. */
export const recommendedActionTypeWords = [
  'merge',
  'resize',
  'move',
  'reclaim',
  'edit',
] as const;
/** What happens to new resources of it; null for the server's own policy. */
export const discoveryPolicyWords = [
  'auto',
  'approve',
  'observe',
] as const;
/** What it is. */
export const resourceKindWords = [
  'vpc',
  'subnet',
  'secondary_range',
] as const;
/** `queued` waits for an agent, `running` has one; the others have ended. */
export const jobStatusWords = [
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const;
/** Management. */
export const managementWords = [
  'managed',
  'unmanaged',
  'ignored',
  'pending',
] as const;
/** OverlapStatus. */
export const overlapStatusWords = [
  'overlapping',
  'nonoverlapping',
  'ignored',
] as const;
/** FindingFilter. */
export const findingFilterWords = [
  'overlap',
  'conflict',
  'drift',
  'orphan',
  'unmanaged',
  'compliance',
  'any',
] as const;
/** Where the hardware of its zone stands. */
export const zonePlacementWords = [
  'region',
  'local_zone',
  'wavelength_zone',
  'outpost',
] as const;
/** FindingType. */
export const findingTypeWords = [
  'overlap',
  'conflict',
  'drift',
  'orphan',
  'unmanaged',
  'compliance',
  'unseen',
  'exhausts_soon',
  'lease_ends',
  'stale_address',
  'unknown_address',
  'webhook_paused',
] as const;
/** FindingStatus. */
export const findingStatusWords = [
  'open',
  'ignored',
] as const;
/** How much findings of its type matter: what breaks networks or plans is `critical`, what should be put right a `warning`, the rest `info`. */
export const findingSeverityWords = [
  'critical',
  'warning',
  'info',
] as const;
/** Only findings of these types; all that the resource has when left out. */
export const resourceFindingTypeWords = [
  'overlap',
  'conflict',
  'drift',
  'orphan',
  'unmanaged',
  'compliance',
] as const;
/** `import` and `approve` give a resource its pool, `reject` keeps it out; `ignore` hides findings, `restore` shows them again; `adopt` gives a drifted pool the cloud's value; `release` frees an orphan's space. */
export const decisionWords = [
  'import',
  'approve',
  'reject',
  'ignore',
  'restore',
  'adopt',
  'release',
] as const;
/** Whether it was done. */
export const decisionOutcomeWords = [
  'done',
  'refused',
] as const;
/** `offline` after three heartbeats that did not come. */
export const agentStatusWords = [
  'online',
  'offline',
] as const;
/** How it ended; `handed_back`: another agent is to do it. */
export const jobEndWords = [
  'succeeded',
  'partial',
  'failed',
  'handed_back',
] as const;
/** SearchResultType. */
export const searchResultTypeWords = [
  'pool',
  'account',
  'block',
  'resource',
  'address',
  'range',
] as const;
/** What the text was read as. */
export const searchQueryKindWords = [
  'ip',
  'cidr',
  'range',
  'tag',
  'text',
] as const;
/** Why it was found; `contains`: it contains what was asked for. */
export const searchMatchWords = [
  'contains',
  'equal',
  'within',
  'external_id',
  'name',
  'tag',
] as const;
/** ImportFormat. */
export const importFormatWords = [
  'auto',
  'cloudpam',
  'netbox',
  'netbox_export',
  'netbox_api',
  'phpipam',
  'infoblox',
  'aws_ipam',
  'spreadsheet',
] as const;
/** ImportMode. */
export const importModeWords = [
  'all',
  'partial',
] as const;
/** ImportFix. */
export const importFixWords = [
  'canonical',
] as const;
/** What the files were read as; `several` where they differ. */
export const readFormatsWords = [
  'cloudpam',
  'netbox',
  'netbox_export',
  'netbox_api',
  'phpipam',
  'infoblox',
  'aws_ipam',
  'spreadsheet',
  'several',
] as const;
/** What it was read as. */
export const readFormatWords = [
  'cloudpam',
  'netbox',
  'netbox_export',
  'netbox_api',
  'phpipam',
  'infoblox',
  'aws_ipam',
  'spreadsheet',
] as const;
/** What its rows become; null for what is not kept. */
export const importEntityWords = [
  'account',
  'vrf',
  'vlan_group',
  'vlan',
  'pool',
  'range',
  'address',
] as const;
/** What is done with it. */
export const importActionWords = [
  'create',
  'update',
  'unchanged',
  'skip',
  'error',
] as const;
/** Why it is skipped or wrong, for programs; `named_by_row` of a record that no row tells and this one names. */
export const importRowCodeWords = [
  'missing_value',
  'invalid_value',
  'invalid_cidr',
  'invalid_address',
  'host_bits',
  'invalid_prefix_length',
  'refused_range',
  'invalid_rules',
  'unknown_word',
  'duplicate_row',
  'pool_overlap',
  'range_taken',
  'quarantined',
  'address_reserved',
  'address_in_use',
  'cloud_owned',
  'ambiguous_pool',
  'ambiguous_vrf',
  'ambiguous_vlan',
  'ambiguous_account',
  'vrf_taken',
  'vid_outside_group',
  'account_not_found',
  'vlan_not_found',
  'column_count',
  'unreadable',
  'not_kept',
  'folder',
  'free_space',
  'same_as_another',
  'no_data',
  'named_by_row',
] as const;
/** AuditFormat. */
export const auditFormatWords = [
  'jsonl',
  'csv',
] as const;
/** The version of CloudEvents. */
export const cloudEventVersionWords = [
  '1.0',
] as const;
/** The action, and the version of what its diff has. */
export const cloudEventTypeWords = [
  'org.cloudpam.pool.create.v1',
  'org.cloudpam.pool.allocate.v1',
  'org.cloudpam.pool.split.v1',
  'org.cloudpam.pool.merge.v1',
  'org.cloudpam.pool.import.v1',
  'org.cloudpam.pool.update.v1',
  'org.cloudpam.pool.move.v1',
  'org.cloudpam.pool.link.v1',
  'org.cloudpam.pool.replace.v1',
  'org.cloudpam.pool.sync.v1',
  'org.cloudpam.pool.orphan.v1',
  'org.cloudpam.pool.adopt.v1',
  'org.cloudpam.pool.delete.v1',
  'org.cloudpam.address.create.v1',
  'org.cloudpam.address.allocate.v1',
  'org.cloudpam.address.update.v1',
  'org.cloudpam.address.move.v1',
  'org.cloudpam.address.delete.v1',
  'org.cloudpam.range.create.v1',
  'org.cloudpam.range.quarantine.v1',
  'org.cloudpam.range.update.v1',
  'org.cloudpam.range.move.v1',
  'org.cloudpam.range.delete.v1',
  'org.cloudpam.range.release.v1',
  'org.cloudpam.account.create.v1',
  'org.cloudpam.account.update.v1',
  'org.cloudpam.account.delete.v1',
  'org.cloudpam.vrf.create.v1',
  'org.cloudpam.vrf.update.v1',
  'org.cloudpam.vrf.delete.v1',
  'org.cloudpam.vlan_group.create.v1',
  'org.cloudpam.vlan_group.update.v1',
  'org.cloudpam.vlan_group.delete.v1',
  'org.cloudpam.vlan.create.v1',
  'org.cloudpam.vlan.update.v1',
  'org.cloudpam.vlan.delete.v1',
  'org.cloudpam.resource.reject.v1',
  'org.cloudpam.resource.ignore.v1',
  'org.cloudpam.resource.restore.v1',
  'org.cloudpam.resource.release.v1',
  'org.cloudpam.network.isolate.v1',
  'org.cloudpam.scope.inventory.v1',
  'org.cloudpam.scope.addresses.v1',
  'org.cloudpam.scope.interfaces.v1',
  'org.cloudpam.scope.release_addresses.v1',
  'org.cloudpam.scope.coverage.v1',
  'org.cloudpam.job.request.v1',
  'org.cloudpam.job.schedule.v1',
  'org.cloudpam.job.cancel.v1',
  'org.cloudpam.job.claim.v1',
  'org.cloudpam.job.finish.v1',
  'org.cloudpam.job.hand_back.v1',
  'org.cloudpam.job.fail.v1',
  'org.cloudpam.job.purge.v1',
  'org.cloudpam.finding.open.v1',
  'org.cloudpam.finding.close.v1',
  'org.cloudpam.finding.begin.v1',
  'org.cloudpam.lease.warning.v1',
  'org.cloudpam.token.create.v1',
  'org.cloudpam.token.rotate.v1',
  'org.cloudpam.token.revoke.v1',
  'org.cloudpam.user.create.v1',
  'org.cloudpam.user.update.v1',
  'org.cloudpam.user.log_in.v1',
  'org.cloudpam.user.log_in_refused.v1',
  'org.cloudpam.user.log_out.v1',
  'org.cloudpam.user.end_sessions.v1',
  'org.cloudpam.user.session_ended.v1',
  'org.cloudpam.import_map.create.v1',
  'org.cloudpam.import_map.update.v1',
  'org.cloudpam.import_map.delete.v1',
  'org.cloudpam.webhook.create.v1',
  'org.cloudpam.webhook.update.v1',
  'org.cloudpam.webhook.delete.v1',
  'org.cloudpam.webhook.rotate.v1',
  'org.cloudpam.webhook.encrypt.v1',
  'org.cloudpam.webhook.pause.v1',
  'org.cloudpam.webhook.resume.v1',
  'org.cloudpam.webhook.test.v1',
  'org.cloudpam.webhook.replay.v1',
  'org.cloudpam.digest.create.v1',
  'org.cloudpam.digest.update.v1',
  'org.cloudpam.digest.delete.v1',
  'org.cloudpam.digest.test.v1',
  'org.cloudpam.digest.send.v1',
  'org.cloudpam.digest.fail.v1',
] as const;
/** What the data is. */
export const cloudEventContentTypeWords = [
  'application/json',
] as const;
/** `cloudevents`: CloudEvents 1.0 in JSON; `slack`, `teams`, `pagerduty`: what these take; `custom`: `text`. */
export const templateKindWords = [
  'cloudevents',
  'slack',
  'teams',
  'pagerduty',
  'custom',
] as const;
/** `ok`, `retrying`: what failed is tried again; `paused`: nothing is told. */
export const webhookStateWords = [
  'ok',
  'retrying',
  'paused',
] as const;
/** DeliveryStatus. */
export const deliveryStatusWords = [
  'waiting',
  'delivered',
  'dead',
] as const;
/** Each day, or on one day of the week. */
export const digestPeriodWords = [
  'daily',
  'weekly',
] as const;
/** What it has. */
export const digestSectionWords = [
  'findings',
  'leases',
  'forecasts',
] as const;
/** `ok`: it runs; `ready`: it answers; `read_only`: it answers, and nothing can be written. */
export const healthStatusWords = [
  'ok',
  'ready',
  'read_only',
] as const;
/** Where it keeps its data. */
export const databaseWords = [
  'memory',
  'sqlite',
  'postgres',
] as const;
/** The role that decides. */
export const roleWords = [
  'viewer',
  'editor',
  'admin',
  'collector',
] as const;
/** All permissions of the role that are left to the caller. */
export const permissionWords = [
  'pools:read',
  'pools:write',
  'quarantine:release',
  'accounts:read',
  'accounts:write',
  'vrfs:read',
  'vrfs:write',
  'vlan-groups:read',
  'vlan-groups:write',
  'vlans:read',
  'vlans:write',
  'discovery:read',
  'discovery:decide',
  'discovery:post',
  'audit:read',
  'export:read',
  'import:read',
  'import:write',
  'tokens:manage',
  'users:manage',
  'webhooks:manage',
  'digests:manage',
  'metrics:read',
  'self:read',
] as const;
/** LoginPrompt. */
export const loginPromptWords = [
  'select_account',
] as const;
/** What they may do. */
export const userRoleWords = [
  'viewer',
  'editor',
  'admin',
] as const;
