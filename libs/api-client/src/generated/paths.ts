// Made from openapi.json by tools/openapi.mjs; do not edit.
export interface paths {
    "/api/v1/pools/past": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pools of a time past
         * @description Lists pools as they were, by CIDR, with the filters of the list of pools. Reads the audit log up to then: a time that was asked for before costs less. Needs the permission `pools:read`.
         */
        get: operations["listPastPools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the history of a pool
         * @description Gives what happened to a pool, newest first, also after it was deleted. Its problems: `pool_not_found`, `invalid_cursor`. Needs the permission `pools:read`.
         */
        get: operations["getPoolHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pools
         * @description Lists pools of all VRFs, narrowed and sorted as asked. With `cursor` each page costs the same, however far it is. Needs the permission `pools:read`.
         */
        get: operations["listPools"];
        put?: never;
        /**
         * Create a pool
         * @description Makes a pool in its place in the tree; pools that it contains become its children. Its problems: `invalid_cidr`, `not_canonical`, `refused_range`, `invalid_prefix_length`, `pool_overlap`, `range_taken`, `quarantined`, `parent_mismatch`, `rules_broken`, `invalid_rules`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["createPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List blocks
         * @description Lists the pools below others: what is planned or taken. Needs the permission `pools:read`.
         */
        get: operations["listBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a pool
         * @description Gives a pool with its version as ETag. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getPool"];
        put?: never;
        post?: never;
        /**
         * Delete a pool
         * @description Deletes a pool; its children move up to its parent, or go with it (`cascade`). Its problems: `pool_not_found`, `cloud_owned`, `version_mismatch`. Needs the permission `pools:write`.
         */
        delete: operations["deletePool"];
        options?: never;
        head?: never;
        /**
         * Change a pool
         * @description Changes the fields that are given; another CIDR or VRF moves the pool and leaves its children. With If-Match only the version that was read. Its problems: `pool_not_found`, `invalid_cidr`, `not_canonical`, `refused_range`, `invalid_prefix_length`, `pool_overlap`, `range_taken`, `quarantined`, `cloud_owned`, `would_orphan_children`, `rules_broken`, `invalid_rules`, `version_mismatch`. Needs the permission `pools:write`.
         */
        patch: operations["updatePool"];
        trace?: never;
    };
    "/api/v1/pools/{id}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the children of a pool
         * @description Lists the direct children of a pool. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/ancestors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ancestors of a pool
         * @description Lists the pools around a pool, the root first. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listAncestors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the tree below a pool
         * @description Gives the tree below a pool page by page: each page is a tree itself. Its problems: `pool_not_found`, `invalid_cursor`. Needs the permission `pools:read`.
         */
        get: operations["getPoolTree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the blocks of a size in a pool
         * @description Lists all blocks of one size in a pool, free and taken. Its problems: `pool_not_found`, `invalid_prefix_length`. Needs the permission `pools:read`.
         */
        get: operations["listCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/free": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the free blocks of a pool
         * @description Lists the free blocks of a pool, each as large as it goes, and tells the largest. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listFreeBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create many pools
         * @description Makes up to 10,000 pools at once, whatever their order. Its problems: `invalid_cidr`, `not_canonical`, `refused_range`, `invalid_prefix_length`, `pool_overlap`, `range_taken`, `quarantined`, `parent_mismatch`, `rules_broken`, `invalid_rules`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["createPools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/allocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allocate from a pool
         * @description Takes free blocks of a pool, and makes a pool of each. Callers never get the same block. Its problems: `pool_not_found`, `pool_exhausted`, `invalid_prefix_length`, `rules_broken`, `invalid_rules`, `key_in_use`, `hosts_not_counted`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["allocate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/allocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allocate from whichever pool fits
         * @description Takes free blocks of the first pool that is meant and has room. Its problems: `no_matching_pool`, `pool_exhausted`, `invalid_prefix_length`, `rules_broken`, `invalid_rules`, `key_in_use`, `hosts_not_counted`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["allocateFromMatching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split a pool
         * @description Cuts a pool into parts of one size, which take its place. They have its rules, without prefix lengths that no block of a part can have. Its problems: `pool_not_found`, `invalid_prefix_length`, `pool_overlap`, `range_taken`, `quarantined`, `cloud_owned`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["splitPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge pools
         * @description Makes one pool of several that together are one CIDR and have the same rules. It has a lease only if all of them have one, and the latest end. Its problems: `not_mergeable`, `pool_not_found`, `pool_overlap`, `range_taken`, `quarantined`, `cloud_owned`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["mergePools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a pool
         * @description Gives a pool another place; alone, or with everything below it (`with_children`). Its problems: `pool_not_found`, `invalid_cidr`, `not_canonical`, `refused_range`, `invalid_prefix_length`, `pool_overlap`, `range_taken`, `quarantined`, `cloud_owned`, `would_orphan_children`, `key_in_use`, `rules_broken`, `version_mismatch`. Needs the permission `pools:write`.
         */
        post: operations["movePool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List addresses
         * @description Lists address records of all VRFs by address, narrowed as asked. Needs the permission `pools:read`.
         */
        get: operations["listAddresses"];
        put?: never;
        /**
         * Record an address
         * @description Records an address that was chosen elsewhere, in the smallest pool around it. To have one chosen, ask a pool for it. Its problems: `invalid_address`, `refused_range`, `address_taken`, `address_in_use`, `address_reserved`, `range_taken`, `quarantined`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["createAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an address
         * @description Gives an address record with its version as ETag. Its problems: `address_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getAddress"];
        put?: never;
        post?: never;
        /**
         * Give an address back
         * @description Deletes an address record, and gives what it was: the address is free again. Its problems: `address_not_found`, `version_mismatch`. Needs the permission `pools:write`.
         */
        delete: operations["deleteAddress"];
        options?: never;
        head?: never;
        /**
         * Change an address
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `address_not_found`, `version_mismatch`. Needs the permission `pools:write`.
         */
        patch: operations["updateAddress"];
        trace?: never;
    };
    "/api/v1/addresses/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many addresses
         * @description Changes the same of up to 1,000 addresses, or gives them back: all of them, or none. Answers what they are then, or what they were. Its problems: `address_not_found`. Needs the permission `pools:write`.
         */
        post: operations["changeAddresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the addresses of a pool
         * @description Lists the address records that lie in a pool and in no pool below it, and which of its addresses nobody gets. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listPoolAddresses"];
        put?: never;
        /**
         * Take addresses of a pool
         * @description Takes free addresses of a pool. Callers never get the same one, nor one that a pool is made of. Its problems: `pool_not_found`, `pool_exhausted`, `hosts_not_counted`, `range_taken`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["allocateAddresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/observed-addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what has addresses of a pool in clouds
         * @description Lists by address what clouds have given the addresses of a pool to, those of pools below it and those that are gone and still held among them. Collectors list them with --interfaces. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listObservedAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/host-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell how hosts fill a pool
         * @description Counts the addresses of a pool: those that nobody gets, those that clouds have given to something, those with a record, and those that can be given out. What others have counts, though it may not be told. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getHostUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/addresses/past": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the addresses of a time past
         * @description Lists the address records that lay in the CIDR of a pool at a time, by address, those of pools below it among them. Reads what the audit log tells of addresses there until then. Its problems: `pool_not_found`, `refused_range`. Needs the permission `pools:read`.
         */
        get: operations["listPastAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ranges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ranges
         * @description Lists ranges of all VRFs by address, narrowed as asked; with what is in quarantine. Needs the permission `pools:read`.
         */
        get: operations["listRanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ranges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a range
         * @description Gives a range with its version as ETag. Its problems: `range_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getRange"];
        put?: never;
        post?: never;
        /**
         * End a range
         * @description Deletes a range, and gives what it was: what nobody has of it is free. A quarantine is ended so by whoever has deleted what was there. Its problems: `range_not_found`, `version_mismatch`, `quarantined`. Needs the permission `pools:write`.
         */
        delete: operations["deleteRange"];
        options?: never;
        head?: never;
        /**
         * Change a range
         * @description Changes the fields that are given; with If-Match only the version that was read. Its addresses stay. Its problems: `range_not_found`, `version_mismatch`. Needs the permission `pools:write`.
         */
        patch: operations["updateRange"];
        trace?: never;
    };
    "/api/v1/ranges/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a quarantine
         * @description Ends a quarantine before its time: its addresses are free. Its problems: `range_not_found`, `version_mismatch`. Needs the permission `quarantine:release`.
         */
        post: operations["releaseRange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/ranges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ranges of a pool
         * @description Lists the ranges that lie in a pool and in no pool below it. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["listPoolRanges"];
        put?: never;
        /**
         * Keep a range apart
         * @description Keeps addresses of a pool apart: no pool, no allocation and no other range gets them. Addresses are taken out of it by its id. Its problems: `pool_not_found`, `invalid_address`, `refused_range`, `pool_overlap`, `address_taken`, `range_taken`, `quarantined`, `gone_since`. Needs the permission `pools:write`.
         */
        post: operations["createRange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how a pool was used
         * @description Gives the days on which the space of a pool has changed. They are counted out of the audit log, a few seconds behind it; a long time is told in steps of weeks or months. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getPoolUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get when a pool ends
         * @description Tells when a block of a prefix length no longer fits into a pool, by its growth of up to three years; or why no honest day can be told. The same past gives the same answer. Its problems: `pool_not_found`, `invalid_prefix_length`. Needs the permission `pools:read`.
         */
        get: operations["getPoolForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forecasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pools that end soon
         * @description Lists pools into which a block of their usual length soon no longer fits, as it was told in the last night, the soonest first. Needs the permission `pools:read`.
         */
        get: operations["listForecasts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what needs a person, and how all is used
         * @description Gives open findings by age, what ends soon, how far the clouds are known, how the pools together are used and have grown, and the last changes. All pools are counted beside the requests, every few seconds where something changes: `counted_at` says when. What the caller may not read is null. Needs the permission `pools:read`.
         */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is recommended about pools
         * @description Lists what the last analysis of all pools recommends, what matters most first, with what was seen and what to do. All pools are analysed every few minutes, large estates every six hours; the analysis of one pool is that of now. Needs the permission `pools:read`.
         */
        get: operations["listRecommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how the space of a pool is used
         * @description Tells how far the free space of a pool is in pieces, for each prefix length, and what is recommended about the pool and its first 500 children, as they are now. Its problems: `pool_not_found`. Needs the permission `pools:read`.
         */
        get: operations["getPoolAnalysis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts
         * @description Lists accounts by key; whoever has limits sees those of their pools and of what a cloud has in them. Needs the permission `accounts:read`.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Create an account
         * @description Makes an account or project of a cloud that pools and collectors can name. Its problems: `name_taken`, `gone_since`. Needs the permission `accounts:write`, without limits to some accounts or pools.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an account
         * @description Gives an account with its version as ETag. Its problems: `account_not_found`. Needs the permission `accounts:read`.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Delete an account
         * @description Deletes an account that no pool names, and gives what it was. Its problems: `account_not_found`, `in_use`, `version_mismatch`. Needs the permission `accounts:write`, without limits to some accounts or pools.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `account_not_found`, `name_taken`, `version_mismatch`. Needs the permission `accounts:write`, without limits to some accounts or pools.
         */
        patch: operations["updateAccount"];
        trace?: never;
    };
    "/api/v1/vrfs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List VRFs
         * @description Lists VRFs by name; whoever has limits sees those of their pools and of what a cloud has in them. Needs the permission `vrfs:read`.
         */
        get: operations["listVrfs"];
        put?: never;
        /**
         * Create a VRF
         * @description Makes a VRF: a routing domain with addresses of its own. Its problems: `name_taken`, `gone_since`. Needs the permission `vrfs:write`, without limits to some accounts or pools.
         */
        post: operations["createVrf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vrfs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a VRF
         * @description Gives a VRF with its version as ETag. Its problems: `vrf_not_found`. Needs the permission `vrfs:read`.
         */
        get: operations["getVrf"];
        put?: never;
        post?: never;
        /**
         * Delete a VRF
         * @description Deletes a VRF that no pool names, and gives what it was. Its problems: `vrf_not_found`, `in_use`, `version_mismatch`. Needs the permission `vrfs:write`, without limits to some accounts or pools.
         */
        delete: operations["deleteVrf"];
        options?: never;
        head?: never;
        /**
         * Change a VRF
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `vrf_not_found`, `name_taken`, `version_mismatch`. Needs the permission `vrfs:write`, without limits to some accounts or pools.
         */
        patch: operations["updateVrf"];
        trace?: never;
    };
    "/api/v1/vlan-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List VLAN groups
         * @description Lists VLAN groups by name, with how many of their VLAN ids are taken; whoever has limits sees those of the VLANs of their pools. Needs the permission `vlan-groups:read`.
         */
        get: operations["listVlanGroups"];
        put?: never;
        /**
         * Create a VLAN group
         * @description Makes a VLAN group. VLANs that have its name as their group lie in it from then on: they must fit its ranges, and each must have a name of its own. Its problems: `name_taken`, `vid_outside_group`, `gone_since`. Needs the permission `vlan-groups:write`, without limits to some accounts or pools.
         */
        post: operations["createVlanGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vlan-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a VLAN group
         * @description Gives a VLAN group with its version as ETag. Its problems: `vlan_group_not_found`. Needs the permission `vlan-groups:read`.
         */
        get: operations["getVlanGroup"];
        put?: never;
        post?: never;
        /**
         * Delete a VLAN group
         * @description Deletes a VLAN group in which no VLAN lies, and gives what it was. Its problems: `vlan_group_not_found`, `in_use`, `version_mismatch`. Needs the permission `vlan-groups:write`, without limits to some accounts or pools.
         */
        delete: operations["deleteVlanGroup"];
        options?: never;
        head?: never;
        /**
         * Change a VLAN group
         * @description Changes the fields that are given; with If-Match only the version that was read. Its VLANs take a new name, and must be in new ranges. Its problems: `vlan_group_not_found`, `name_taken`, `vid_outside_group`, `version_mismatch`. Needs the permission `vlan-groups:write`, without limits to some accounts or pools.
         */
        patch: operations["updateVlanGroup"];
        trace?: never;
    };
    "/api/v1/vlan-groups/{id}/free": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the free VLAN ids of a group
         * @description Gives the VLAN ids of a group that no VLAN has, as ranges. Its problems: `vlan_group_not_found`. Needs the permission `vlan-groups:read`, without limits to some accounts or pools.
         */
        get: operations["listFreeVids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vlan-groups/{id}/vlans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the next VLAN id of a group
         * @description Makes a VLAN with the lowest free VLAN id of a group. Callers never get the same one, on any number of servers. Its problems: `vlan_group_not_found`, `vlan_group_exhausted`, `name_taken`, `gone_since`. Needs the permission `vlans:write`, without limits to some accounts or pools.
         */
        post: operations["allocateVlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vlans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List VLANs
         * @description Lists VLANs by group and VLAN id; whoever has limits sees those of their pools. Needs the permission `vlans:read`.
         */
        get: operations["listVlans"];
        put?: never;
        /**
         * Create a VLAN
         * @description Makes a VLAN that pools can name. In a VLAN group its id must be in the ranges, and its name its own. Its problems: `name_taken`, `vid_outside_group`, `gone_since`. Needs the permission `vlans:write`, without limits to some accounts or pools.
         */
        post: operations["createVlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vlans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a VLAN
         * @description Gives a VLAN with its version as ETag. Its problems: `vlan_not_found`. Needs the permission `vlans:read`.
         */
        get: operations["getVlan"];
        put?: never;
        post?: never;
        /**
         * Delete a VLAN
         * @description Deletes a VLAN that no pool names, and gives what it was. Its problems: `vlan_not_found`, `in_use`, `version_mismatch`. Needs the permission `vlans:write`, without limits to some accounts or pools.
         */
        delete: operations["deleteVlan"];
        options?: never;
        head?: never;
        /**
         * Change a VLAN
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `vlan_not_found`, `name_taken`, `vid_outside_group`, `version_mismatch`. Needs the permission `vlans:write`, without limits to some accounts or pools.
         */
        patch: operations["updateVlan"];
        trace?: never;
    };
    "/api/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List regions
         * @description Lists the regions of scopes, accounts and pools: what a filter can offer. By name. Needs the permission `pools:read`.
         */
        get: operations["listRegions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver what a collector saw
         * @description Applies each scope in a unit of work of its own: what is refused is told, and the others stay. With one scope the refusal is the answer. The same snapshot again changes nothing. Its problems: `invalid_snapshot`, `snapshot_too_new`, `stale_snapshot`, `parts_missing`, `too_much_waiting`, `account_not_found`, `forbidden`. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["deliverSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how far the clouds are known
         * @description Gives what was listed of each account and region, when, and with which error; and how many findings are open. Counts all of the inventory: ask a few times a minute at most. Needs the permission `discovery:read`.
         */
        get: operations["getDiscoveryStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List discovered resources
         * @description Lists what the clouds have, by address; whoever has limits sees what lies in them. Its problems: `invalid_cidr`. Needs the permission `discovery:read`.
         */
        get: operations["listResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List findings
         * @description Lists what a person should see: first regions that are not listed any more, then pools that end soon, the soonest first, and those whose lease does, then what is wrong with resources, by address. Those of webhooks are shown to whoever manages webhooks. Needs the permission `discovery:read`.
         */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List discovered networks
         * @description Lists the VPCs and networks that the clouds have. Needs the permission `discovery:read`.
         */
        get: operations["listNetworks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a discovered resource
         * @description Gives what a cloud has, and how it stands to the pools. Its problems: `resource_not_found`. Needs the permission `discovery:read`.
         */
        get: operations["getResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/networks/{id}/isolate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a network another VRF
         * @description Gives a network a VRF of its own, or one that exists. Its addresses are judged there from now on, and its pools go along with everything in them. Its problems: `network_not_found`, `name_taken`, `pool_overlap`, `range_taken`, `quarantined`. Needs the permission `discovery:decide`, without limits to some accounts or pools.
         */
        post: operations["isolateNetwork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about many resources
         * @description Carries one decision out for up to 10,000 resources. With `partial` the answer says of each what came of it; `adopt` and `release` are units of work of their own then. Sent again under its `Idempotency-Key` after it broke off, it goes on with what was not done. Its problems: `resource_not_found`, `resource_managed`, `resource_overlaps`, `not_pending`, `not_drifted`, `not_orphaned`, `nothing_to_ignore`, `pool_overlap`, `range_taken`, `quarantined`, `cloud_owned`, `would_orphan_children`, `in_use`, `invalid_until`. Needs the permission `discovery:decide`.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a resource its pool
         * @description Makes the pool of a resource that has none, or links the one that stands there. Its problems: `resource_not_found`, `resource_managed`, `resource_overlaps`, `pool_overlap`, `range_taken`, `quarantined`. Needs the permission `discovery:decide`.
         */
        post: operations["importResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a resource
         * @description Gives a resource that waits for approval its pool. Its problems: `resource_not_found`, `not_pending`, `resource_managed`, `resource_overlaps`, `pool_overlap`, `range_taken`, `quarantined`. Needs the permission `discovery:decide`.
         */
        post: operations["approveResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a resource
         * @description Keeps a resource that waits for approval without a pool. Its problems: `resource_not_found`, `not_pending`, `invalid_until`. Needs the permission `discovery:decide`.
         */
        post: operations["rejectResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ignore findings of a resource
         * @description Hides findings of a resource, for good or until a moment. Its problems: `resource_not_found`, `nothing_to_ignore`, `invalid_until`. Needs the permission `discovery:decide`.
         */
        post: operations["ignoreFindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show findings of a resource again
         * @description Shows findings again that somebody ignored. Its problems: `resource_not_found`. Needs the permission `discovery:decide`.
         */
        post: operations["restoreFindings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a pool the cloud's value
         * @description Gives the pool of a resource that drifted what the cloud says. Its problems: `resource_not_found`, `not_drifted`, `pool_overlap`, `range_taken`, `quarantined`, `would_orphan_children`. Needs the permission `discovery:decide`.
         */
        post: operations["adoptResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/resources/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Free an orphan's space
         * @description Deletes the pool of a resource that is gone from its cloud. The resource is gone after it, and the answer is what it was. Its problems: `resource_not_found`, `not_orphaned`, `cloud_owned`, `in_use`. Needs the permission `discovery:decide`.
         */
        post: operations["releaseResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a discovery
         * @description Queues a job for an account, which the next agent that can list it takes. Where the account has an open job, that one is the answer. Needs the permission `discovery:decide`.
         */
        post: operations["triggerDiscovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List discovery jobs
         * @description Lists jobs, newest first; whoever has limits sees those of their accounts. Needs the permission `discovery:read`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a discovery job
         * @description Gives a job, with how far its agent is. Its problems: `job_not_found`. Needs the permission `discovery:read`.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/discovery/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a discovery job
         * @description Ends a job that is queued or running; its agent hears of it and stops. Its problems: `job_not_found`. Needs the permission `discovery:decide`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agents
         * @description Lists collectors in agent mode, those that were seen last first. Needs the permission `discovery:read`.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that an agent is there
         * @description Notes what an agent is and what it can list. Agents without one get no jobs. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["sendHeartbeat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors/jobs/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queue the discoveries that are due
         * @description Queues a job for each account of an agent's schedule that is due and has no open job. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["scheduleDiscoveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors/jobs/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job
         * @description Gives an agent the oldest job that it can do, or null; waits for one as long as it is asked to. Of several agents each job goes to one. Its problems: `agent_not_found`. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["claimJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors/jobs/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report how far a job is
         * @description Notes how far an agent is, and lets it keep the job for longer. Its problems: `job_not_found`, `lease_lost`, `job_cancelled`. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["reportProgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collectors/jobs/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report how a job ended
         * @description Ends a job, or hands it back. The same report again changes nothing. Its problems: `job_not_found`, `lease_lost`, `job_cancelled`. Needs the permission `discovery:post`, without limits to some accounts or pools.
         */
        post: operations["finishJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search everything
         * @description Finds pools, address records, ranges, accounts and discovered resources by what is pasted, best first; whoever has limits finds what lies in them. A resource that a pool stands for is found as that pool. Needs the permission `pools:read`.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import files
         * @description Reads files of other systems, spreadsheets and our own export: pools, VRFs, VLANs, their groups and accounts. Tells for each row what becomes of it, all that is wrong at once. A dry run writes nothing and tells the hash of the plan; with `plan` just that is done. Everything is written in one unit of work. With `Accept: application/x-ndjson` lines tell how far it is, and the last one is `{"result": ...}` or `{"problem": ...}`; whoever closes the connection ends it. Its problems: `plan_changed`, `import_has_errors`, `unreadable_file`, `unknown_format`, `no_rows`, `too_many_rows`, `file_too_large`, `invalid_map`, `busy`. Needs the permission `import:write`, without limits to some accounts or pools.
         */
        post: operations["importFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import/maps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the maps of imports
         * @description Gives all maps that are kept, by name: at most 200. Needs the permission `import:read`, without limits to some accounts or pools.
         */
        get: operations["listImportMaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import/maps/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a map of imports
         * @description Keeps a map under a name, in the place of the one that has it. Its problems: `too_many_import_maps`. Needs the permission `import:write`, without limits to some accounts or pools.
         */
        put: operations["saveImportMap"];
        post?: never;
        /**
         * Delete a map of imports
         * @description Deletes a map, and gives what it was. Its problems: `import_map_not_found`. Needs the permission `import:write`, without limits to some accounts or pools.
         */
        delete: operations["deleteImportMap"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the audit trail
         * @description Lists changes, newest first; whoever has limits sees those to what lies in them. A page by `cursor` costs the same anywhere. Its problems: `invalid_cursor`. Needs the permission `audit:read`.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit trail
         * @description Writes all changes that the filters let through, oldest first, while they are read. Few exports run at a time; others wait for their turn. Its problems: `busy`. Needs the permission `audit:read`.
         */
        get: operations["exportAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait for events
         * @description Gives events in the order of the log as CloudEvents, at most 500: at once where there are some, else when some come, and none when `wait` is over. The header says where to go on, also past what is not for you. Whoever has limits is told what the audit trail shows them. Streams end when the token or session does, or what it may see changes. Its problems: `too_many_streams`, `busy`. Needs the permission `audit:read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to events
         * @description Sends events in the order of the log as server-sent events, as they come: the id is the place in the log, the data a CloudEvent. Something is sent every 15 seconds. Who stops reading is cut off within 30 seconds and goes on by `Last-Event-ID`. Whoever has limits is told what the audit trail shows them. Streams end when the token or session does, or what it may see changes. Its problems: `too_many_streams`, `busy`. Needs the permission `audit:read`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Gives all webhooks, by id: at most 100; never with their secrets. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Makes a webhook that is told of what happens from now on, and gives its secret this once. Its problems: `too_many_webhooks`, `name_taken`, `secret_key_missing`, `refused_url`, `invalid_template`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview what a webhook would be sent
         * @description Gives the newest of the last 5,000 events that passes the filter, and the body that is made of it. Sends nothing. Its problems: `invalid_template`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["previewWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description Gives a webhook with its version as ETag, and without its secret. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Deletes a webhook with its deliveries, and gives what it was. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `webhook_not_found`, `name_taken`, `version_mismatch`, `secret_key_missing`, `refused_url`, `invalid_template`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook
         * @description Sends an event of the type `org.cloudpam.webhook.test.v1` now, once, and tells how that went. It may take 10 seconds. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret
         * @description Makes a new secret and gives it this once; for 24 hours both sign what is sent. Its problems: `webhook_not_found`, `secret_key_missing`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a webhook
         * @description Tells it nothing until it is resumed. Nothing is lost. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["pauseWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a webhook
         * @description Has it told of what has happened since it was paused, and what waits tried at once. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["resumeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a webhook again
         * @description Has it told again of the events from `from_seq` to `to_seq` that pass its filter, or with `dead` of all that was given up: with the same ids and bodies. Its problems: `webhook_not_found`, `invalid_replay`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a webhook
         * @description Lists what waits, and the last 1,000 that were delivered and 1,000 that were given up, the newest event first. Its problems: `webhook_not_found`. Needs the permission `webhooks:manage`, without limits to some accounts or pools.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List digests
         * @description Gives all digests, by id: at most 100. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        get: operations["listDigests"];
        put?: never;
        /**
         * Create a digest
         * @description Makes a digest, which is first sent at the next time of its schedule. Its problems: `too_many_digests`, `name_taken`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        post: operations["createDigest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a digest
         * @description Gives a digest with its version as ETag. Its problems: `digest_not_found`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        get: operations["getDigest"];
        put?: never;
        post?: never;
        /**
         * Delete a digest
         * @description Deletes a digest, and gives what it was. Its problems: `digest_not_found`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        delete: operations["deleteDigest"];
        options?: never;
        head?: never;
        /**
         * Change a digest
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `digest_not_found`, `name_taken`, `version_mismatch`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        patch: operations["updateDigest"];
        trace?: never;
    };
    "/api/v1/digests/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a digest
         * @description Gives the digest as it would be sent now. Sends nothing. Its problems: `digest_not_found`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        get: operations["previewDigest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/digests/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a digest
         * @description Sends the digest to its recipients now, once, and tells how that went; what is new stays new. It may take a minute. Its problems: `digest_not_found`, `mail_not_set_up`. Needs the permission `digests:manage`, without limits to some accounts or pools.
         */
        post: operations["testDigest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything
         * @description Gives tables as CSV, JSON lines or for the import of NetBox, while they are read; each takes the filters of its list, and pools its order. A line of JSON is the object that the list answers, of pools also with the names of what they name by id. Few exports run at a time; others wait for their turn. Its problems: `busy`. Needs the permission `export:read`.
         */
        get: operations["export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the server runs
         * @description Answers while the process runs, whatever the database does. Anyone may ask.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the server can answer
         * @description Asks the database. `read_only` where nothing can be written, because the disk is full or the database takes no writes. Its problems: `database_unavailable`. Anyone may ask.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metrics
         * @description Gives the metrics of this server as Prometheus scrapes them: of several workers together. Needs the permission `metrics:read`, without limits to some accounts or pools.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what runs
         * @description Gives version and commit of the server, and what it runs on. Needs the permission `self:read`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get who the caller is
         * @description Gives the role, limits and permissions of the token or session that asks. Needs the permission `self:read`.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens
         * @description Lists all tokens, newest first, also revoked ones; never with their secrets. Needs the permission `tokens:manage`, without limits to some accounts or pools.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Create a token
         * @description Makes a token, and gives its secret this once: nothing can tell it again. Its problems: `invalid_token_request`. Needs the permission `tokens:manage`, without limits to some accounts or pools.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a token
         * @description Gives a token, also a revoked one, without its secret. Its problems: `token_not_found`. Needs the permission `tokens:manage`, without limits to some accounts or pools.
         */
        get: operations["getToken"];
        put?: never;
        post?: never;
        /**
         * Revoke a token
         * @description Ends a token at once, on other servers within seconds; it stays in the list. Its problems: `token_not_found`, `last_admin`. Needs the permission `tokens:manage`, without limits to some accounts or pools.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a token a new secret
         * @description Makes a new secret and gives it this once; the former one ends at once. Its problems: `token_not_found`, `token_revoked`. Needs the permission `tokens:manage`, without limits to some accounts or pools.
         */
        post: operations["rotateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the providers to log in with
         * @description Gives what a login page offers, and whether the browser has a session already. Anyone may ask.
         */
        get: operations["listLoginProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin a login
         * @description Sends the browser to the provider. One that asks for a page is sent to the login page instead of a problem. Its problems: `provider_not_found`, `provider_unavailable`, `provider_settings`, `invalid_return_to`, `public_url_needed`, `rate_limited`. Anyone may ask.
         */
        get: operations["startLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finish a login
         * @description Where the provider sends the browser back to: begins a session and sends it on. One that asks for a page is sent to the login page instead of a problem. Its problems: `invalid_login`, `login_cancelled`, `no_role`, `user_inactive`, `provider_not_found`, `provider_unavailable`, `provider_settings`, `public_url_needed`, `rate_limited`. Anyone may ask.
         */
        get: operations["finishLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session of the request, and says where that at the provider is ended. Needs the permission `self:read`.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log out at the provider
         * @description Sends the browser to where the provider ends its session. Nothing ends here. Its problems: `provider_not_found`, `provider_unavailable`, `provider_settings`, `public_url_needed`. Anyone may ask.
         */
        get: operations["logOutAtProvider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oidc/backchannel-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Be told of a logout
         * @description Ends the sessions that a provider names in a logout token which it has signed. Its problems: `invalid_logout_token`, `provider_unavailable`. Anyone may ask.
         */
        post: operations["logOutByProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people
         * @description Lists who has ever logged in, by id. Needs the permission `users:manage`, without limits to some accounts or pools.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person
         * @description Gives a person with their version as ETag. Its problems: `user_not_found`. Needs the permission `users:manage`, without limits to some accounts or pools.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a person's access
         * @description Changes role, limits or access; with If-Match only the version that was read. Another role and a lost access end all sessions of the person. Its problems: `user_not_found`, `user_changed`, `version_mismatch`, `last_admin`, `invalid_limits`. Needs the permission `users:manage`, without limits to some accounts or pools.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of a person
         * @description Lists the sessions that have not ended, newest first. Its problems: `user_not_found`. Needs the permission `users:manage`, without limits to some accounts or pools.
         */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * End the sessions of a person
         * @description Ends all sessions of a person, who may log in again. Its problems: `user_not_found`. Needs the permission `users:manage`, without limits to some accounts or pools.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an event
         * @description What a webhook of the template `cloudevents` is sent, signed as Standard Webhooks has it. It may come twice, with the same id.
         */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @enum {string} */
        PoolKind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
        /** @enum {string} */
        PoolStatus: "planned" | "active" | "deprecated";
        /** @enum {string} */
        PoolSource: "manual" | "discovered";
        /** @enum {string} */
        SyncStatus: "synced" | "drift" | "orphaned";
        Rules: {
            /**
             * Format: int64
             * @description No child is larger than this
             * @example 16
             */
            min_prefix_length?: number | null;
            /**
             * Format: int64
             * @description No child is smaller than this
             * @example 28
             */
            max_prefix_length?: number | null;
            /**
             * Format: int64
             * @description What an allocation takes that asks for no size
             * @example 24
             */
            default_prefix_length?: number | null;
            /**
             * @description Keys of tags that every child has
             * @example [
             *       "owner"
             *     ]
             */
            required_tags?: string[];
            /**
             * Format: int64
             * @description For how many days what is deleted below the pool is kept from others; null: as the pool around it says
             * @example 30
             */
            quarantine_days?: number | null;
        };
        Hosts: {
            /**
             * @description Addresses that hosts can have
             * @example 251
             */
            size: string;
            /**
             * @description Those that hosts have
             * @example 40
             */
            used: string;
            /**
             * @description Those that are free
             * @example 211
             */
            free: string;
            /**
             * Format: date-time
             * @description When the cloud said so
             * @example 2026-01-31T12:00:00Z
             */
            observed_at: string;
        };
        PastPool: {
            /**
             * Format: int64
             * @description The id
             * @example 42
             */
            id: number;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id: number | null;
            /**
             * @description For people; empty where a cloud gives none
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description IPv4 or IPv6
             * @example 4
             * @enum {integer}
             */
            family: 4 | 6;
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status: components["schemas"]["PoolStatus"];
            /** @description Who made the pool: a person, or discovery */
            source: components["schemas"]["PoolSource"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /**
             * @description The id that the cloud gives the resource it stands for
             * @example subnet-0a1b2c3d4e5f67890
             */
            external_id: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc: string | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region: string | null;
            /** @description How the pool stands to what the cloud shows */
            sync_status: components["schemas"]["SyncStatus"] | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id: number | null;
            /**
             * Format: date-time
             * @description When its lease ends
             */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: components["schemas"]["Rules"] | null;
            /** @description The live key of the allocation that made it */
            key: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /** @description Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; null where it does not. Answers of writes leave it out. */
            hosts?: components["schemas"]["Hosts"] | null;
        };
        PastPoolList: {
            /** @description The entries of this page */
            items: components["schemas"]["PastPool"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        /**
         * @description What kind of actor it is
         * @enum {string}
         */
        ActorType: "user" | "token" | "collector" | "system";
        Actor: {
            /**
             * @description What kind of actor it is
             * @example user
             */
            type: components["schemas"]["ActorType"];
            /**
             * @description The id of the person or token, the same for ever; `system` for the server
             * @example user:7
             */
            id: string;
            /**
             * @description The name that the actor had then
             * @example Ada Lovelace
             */
            name: string;
        };
        /**
         * @description What kind of thing was changed
         * @enum {string}
         */
        EntityType: "pool" | "address" | "range" | "resource" | "account" | "vrf" | "vlan_group" | "vlan" | "job" | "network" | "finding" | "lease" | "scope" | "token" | "user" | "import_map" | "webhook" | "digest";
        AuditDiff: {
            /**
             * @description The changed fields as they were; null for a creation
             * @example {
             *       "name": "office"
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The changed fields as they are now; null for a deletion
             * @example {
             *       "name": "berlin-office"
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
        };
        EventPlace: {
            /**
             * Format: int64
             * @description The VRF
             * @example 1
             */
            vrf_id: number | null;
            /**
             * Format: int64
             * @description The account
             * @example 7
             */
            account_id: number | null;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string | null;
            /**
             * @description The kind of pool or resource
             * @example subnet
             */
            kind: string | null;
        };
        PoolEvent: {
            /**
             * Format: int64
             * @description The id; it grows with every entry
             * @example 4711
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was done
             * @example 2026-01-31T12:00:00Z
             */
            timestamp: string;
            /** @description Who did it */
            actor: components["schemas"]["Actor"];
            /**
             * @description What was done: `entity.verb`
             * @example pool.create
             */
            action: string;
            /**
             * @description What kind of thing was changed
             * @example pool
             */
            entity_type: components["schemas"]["EntityType"];
            /**
             * @description The id of what was changed
             * @example 42
             */
            entity_id: string;
            /** @description What was changed */
            diff: components["schemas"]["AuditDiff"];
            /**
             * @description The request that did it, as the log of the server names it
             * @example req-1a2b
             */
            request_id: string;
            /**
             * @description Why, as X-Change-Reason said; null where nobody said
             * @example CHG-1234
             */
            reason: string | null;
            /**
             * Format: int64
             * @description Which fields the diff of this action has; counted up when they change
             * @example 1
             */
            version: number;
            /** @description Where it is after the change, or was before its end; null for what has no place, such as a token */
            place: components["schemas"]["EventPlace"] | null;
            /** @description Where it was before the change; null where that is the same place */
            former_place: components["schemas"]["EventPlace"] | null;
            /** @description The pool after the change, without its place in the tree; null once it is deleted */
            state: {
                [key: string]: unknown;
            } | null;
        };
        PoolEventList: {
            /** @description The entries of this page */
            items: components["schemas"]["PoolEvent"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description The cloud of the resource it stands for
         * @enum {string}
         */
        Provider: "aws" | "gcp" | "azure" | "onprem";
        Utilization: {
            /**
             * @description Addresses of the pool
             * @example 65536
             */
            total: string;
            /**
             * @description Addresses in children and in what a cloud uses
             * @example 512
             */
            used: string;
            /**
             * @description Addresses in reserved children
             * @example 256
             */
            reserved: string;
            /**
             * @description Addresses that nobody has taken
             * @example 65024
             */
            free: string;
            /**
             * Format: double
             * @description used / total
             * @example 0.0078125
             */
            ratio: number;
        };
        /**
         * @description What is noticed, for programs
         * @enum {string}
         */
        WarningCode: "in_use_by_cloud";
        Warning: {
            /** @description What is noticed, for programs */
            code: components["schemas"]["WarningCode"];
            /**
             * @description What is noticed, for people
             * @example A cloud uses 10.20.1.0/24, which has no pool.
             */
            detail: string;
        };
        Pool: {
            /**
             * Format: int64
             * @description The id
             * @example 42
             */
            id: number;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id: number | null;
            /**
             * @description For people; empty where a cloud gives none
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description IPv4 or IPv6
             * @example 4
             * @enum {integer}
             */
            family: 4 | 6;
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status: components["schemas"]["PoolStatus"];
            /** @description Who made the pool: a person, or discovery */
            source: components["schemas"]["PoolSource"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /** @description The cloud of the resource it stands for */
            provider: components["schemas"]["Provider"] | null;
            /**
             * @description The id that the cloud gives the resource it stands for
             * @example subnet-0a1b2c3d4e5f67890
             */
            external_id: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc: string | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region: string | null;
            /** @description How the pool stands to what the cloud shows */
            sync_status: components["schemas"]["SyncStatus"] | null;
            /**
             * Format: date-time
             * @description When the cloud last showed the resource
             */
            last_sync_at: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id: number | null;
            /**
             * Format: date-time
             * @description When its lease ends
             */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: components["schemas"]["Rules"] | null;
            /** @description The live key of the allocation that made it */
            key: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /** @description How much of it is taken */
            utilization: components["schemas"]["Utilization"];
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            /** @description Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; null where it does not. Answers of writes leave it out. */
            hosts?: components["schemas"]["Hosts"] | null;
            /**
             * Format: int64
             * @description Its direct children
             */
            child_count?: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: components["schemas"]["Warning"][];
        };
        TypedPoolList: {
            /** @description The entries of this page */
            items: components["schemas"]["Pool"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        PoolList: {
            /** @description The entries of this page */
            items: components["schemas"]["Pool"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        PoolTree: {
            /**
             * Format: int64
             * @description The id
             * @example 42
             */
            id: number;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id: number | null;
            /**
             * @description For people; empty where a cloud gives none
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description IPv4 or IPv6
             * @example 4
             * @enum {integer}
             */
            family: 4 | 6;
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status: components["schemas"]["PoolStatus"];
            /** @description Who made the pool: a person, or discovery */
            source: components["schemas"]["PoolSource"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /** @description The cloud of the resource it stands for */
            provider: components["schemas"]["Provider"] | null;
            /**
             * @description The id that the cloud gives the resource it stands for
             * @example subnet-0a1b2c3d4e5f67890
             */
            external_id: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc: string | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region: string | null;
            /** @description How the pool stands to what the cloud shows */
            sync_status: components["schemas"]["SyncStatus"] | null;
            /**
             * Format: date-time
             * @description When the cloud last showed the resource
             */
            last_sync_at: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id: number | null;
            /**
             * Format: date-time
             * @description When its lease ends
             */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: components["schemas"]["Rules"] | null;
            /** @description The live key of the allocation that made it */
            key: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /** @description How much of it is taken */
            utilization: components["schemas"]["Utilization"];
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            /** @description Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; null where it does not. Answers of writes leave it out. */
            hosts?: components["schemas"]["Hosts"] | null;
            /**
             * Format: int64
             * @description Its direct children
             */
            child_count: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: components["schemas"]["Warning"][];
            /** @description Children, by address */
            children: components["schemas"]["PoolTree"][];
            /** @description Not all children are in this answer */
            truncated: boolean;
        };
        PoolTreePage: {
            /**
             * Format: int64
             * @description The id
             * @example 42
             */
            id: number;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id: number | null;
            /**
             * @description For people; empty where a cloud gives none
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description IPv4 or IPv6
             * @example 4
             * @enum {integer}
             */
            family: 4 | 6;
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status: components["schemas"]["PoolStatus"];
            /** @description Who made the pool: a person, or discovery */
            source: components["schemas"]["PoolSource"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /** @description The cloud of the resource it stands for */
            provider: components["schemas"]["Provider"] | null;
            /**
             * @description The id that the cloud gives the resource it stands for
             * @example subnet-0a1b2c3d4e5f67890
             */
            external_id: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc: string | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region: string | null;
            /** @description How the pool stands to what the cloud shows */
            sync_status: components["schemas"]["SyncStatus"] | null;
            /**
             * Format: date-time
             * @description When the cloud last showed the resource
             */
            last_sync_at: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id: number | null;
            /**
             * Format: date-time
             * @description When its lease ends
             */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: components["schemas"]["Rules"] | null;
            /** @description The live key of the allocation that made it */
            key: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /** @description How much of it is taken */
            utilization: components["schemas"]["Utilization"];
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            /** @description Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; null where it does not. Answers of writes leave it out. */
            hosts?: components["schemas"]["Hosts"] | null;
            /**
             * Format: int64
             * @description Its direct children
             */
            child_count: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: components["schemas"]["Warning"][];
            /** @description Children, by address */
            children: components["schemas"]["PoolTree"][];
            /** @description Not all children are in this answer */
            truncated: boolean;
            /** @description Where the next page goes on; null at the end */
            next_cursor: string | null;
        };
        /** @enum {string} */
        BlockFilter: "free" | "used" | "all";
        /**
         * @description Free, taken as a whole, or taken in part
         * @enum {string}
         */
        BlockStatus: "free" | "used" | "partial";
        Block: {
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /** @description Free, taken as a whole, or taken in part */
            status: components["schemas"]["BlockStatus"];
            /**
             * Format: int64
             * @description A pool that takes it
             */
            pool_id: number | null;
            /** @description The name of that pool */
            pool_name: string | null;
        };
        BlockPage: {
            /** @description The blocks of this page, by address */
            items: components["schemas"]["Block"][];
            /**
             * @description How many blocks of this size the pool has, whatever `status` asks for
             * @example 65536
             */
            total: string;
            /**
             * @description Never: all blocks are counted
             * @example false
             */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             */
            page: number;
            /**
             * Format: int64
             * @description Blocks on a full page
             */
            page_size: number;
            /** @description Where the next page begins; null at the end */
            next_cursor: string | null;
        };
        FreeBlock: {
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description How many addresses it has
             * @example 65536
             */
            size: string;
        };
        FreePage: {
            /** @description The entries of this page */
            items: components["schemas"]["FreeBlock"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /**
             * Format: cidr
             * @description The largest free block; null when nothing is free: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            largest_free: string | null;
        };
        NewPool: {
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status?: components["schemas"]["PoolStatus"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a reservation, in which something lies
             */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: components["schemas"]["Rules"] | null;
            /**
             * @description For people
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description The VRF; the global one when left out
             */
            vrf_id?: number;
            /**
             * Format: int64
             * @description The pool it must lie directly in; 409 `parent_mismatch` when it does not
             */
            parent_id?: number | null;
        };
        PoolPatch: {
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status?: components["schemas"]["PoolStatus"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a reservation, in which something lies
             */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: components["schemas"]["Rules"] | null;
            /**
             * @description For people
             * @example berlin-office
             */
            name?: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr?: string;
            /**
             * Format: int64
             * @description The VRF
             */
            vrf_id?: number;
        };
        PoolBrief: {
            /**
             * Format: int64
             * @description The id of the pool
             * @example 42
             */
            pool_id: number;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description Its name
             * @example berlin-office
             */
            name: string;
        };
        Deletion: {
            /** @description The first 100 of the deleted pools */
            deleted: components["schemas"]["PoolBrief"][];
            /**
             * Format: int64
             * @description How many pools were deleted
             */
            deleted_count: number;
            /**
             * Format: int64
             * @description How many address records were deleted with them
             */
            addresses_deleted_count: number;
            /**
             * Format: int64
             * @description How many pools have another parent now
             */
            reparented_count: number;
        };
        /** @enum {string} */
        BulkMode: "atomic" | "partial";
        BulkRow: {
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status?: components["schemas"]["PoolStatus"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a reservation, in which something lies
             */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: components["schemas"]["Rules"] | null;
            /**
             * @description For people
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description The VRF; the global one when left out
             */
            vrf_id?: number;
            /**
             * Format: int64
             * @description The pool it must lie directly in; 409 `parent_mismatch` when it does not
             */
            parent_id?: number | null;
            /** @description As lists give it; with it `parent_id` is left out too */
            id?: unknown;
            /** @description As lists give it; it is left out here */
            family?: unknown;
            /** @description As lists give it; it is left out here */
            source?: unknown;
            /** @description As lists give it; it is left out here */
            provider?: unknown;
            /** @description As lists give it; it is left out here */
            external_id?: unknown;
            /** @description As lists give it; it is left out here */
            external_vpc?: unknown;
            /** @description As lists give it; it is left out here */
            sync_status?: unknown;
            /** @description As lists give it; it is left out here */
            last_sync_at?: unknown;
            /** @description As lists give it; it is left out here */
            created_at?: unknown;
            /** @description As lists give it; it is left out here */
            updated_at?: unknown;
            /** @description As lists give it; it is left out here */
            version?: unknown;
            /** @description As lists give it; it is left out here */
            utilization?: unknown;
            /** @description As lists give it; it is left out here */
            uncounted_hosts?: unknown;
            /** @description As lists give it; it is left out here */
            hosts?: unknown;
            /** @description As lists give it; it is left out here */
            key?: unknown;
            /** @description As lists give it; it is left out here */
            child_count?: unknown;
            /** @description As lists give it; it is left out here */
            warnings?: unknown;
        };
        BulkPools: {
            /**
             * @description The pools
             * @example [
             *       {
             *         "name": "berlin",
             *         "cidr": "10.20.0.0/16"
             *       },
             *       {
             *         "name": "berlin-office",
             *         "cidr": "10.20.4.0/24",
             *         "kind": "subnet",
             *         "tags": {
             *           "owner": "netops"
             *         }
             *       }
             *     ]
             */
            items: components["schemas"]["BulkRow"][];
        };
        /**
         * @description Whether there is a pool now
         * @enum {string}
         */
        BulkRowStatus: "created" | "error";
        FieldProblem: {
            /**
             * @description Where it stands, with dots: `items.3.cidr`
             * @example cidr
             */
            field: string;
            /**
             * @description What is wrong, for programs
             * @example not_canonical
             */
            code: string;
            /**
             * @description What is wrong, and what to do, for people
             * @example 10.0.1.0/16 is not canonical; did you mean 10.0.0.0/16?
             */
            detail: string;
        };
        Problem: {
            /**
             * @description The kind of problem, as an address
             * @example https://cloudpam.dev/problems/pool_overlap
             */
            type: string;
            /**
             * @description The kind of problem, for people
             * @example Conflict
             */
            title: string;
            /**
             * Format: int64
             * @description The HTTP status
             * @example 409
             */
            status: number;
            /**
             * @description What went wrong here, and what to do
             * @example 10.20.0.0/16 overlaps 10.20.0.0/20. Choose another CIDR.
             */
            detail: string;
            /**
             * @description The path that was asked
             * @example /api/v1/pools
             */
            instance: string;
            /**
             * @description What went wrong, for programs
             * @example pool_overlap
             */
            code: string;
            /**
             * @description Under which the server has logged it
             * @example req-1a2b
             */
            request_id: string;
            /** @description Which fields of the request are wrong */
            errors?: components["schemas"]["FieldProblem"][];
            /** @description Pools that are in the way, as far as the caller may see them */
            conflicts?: components["schemas"]["PoolBrief"][];
            /**
             * @description The largest block that is free where space was asked for
             * @example /26
             */
            largest_free?: string;
        };
        BulkRowResult: {
            /**
             * Format: int64
             * @description The place of the row, from 0
             */
            index: number;
            /** @description Whether there is a pool now */
            status: components["schemas"]["BulkRowStatus"];
            /**
             * Format: int64
             * @description The pool that was made
             */
            pool_id?: number;
            /** @description Why there is none */
            problem?: components["schemas"]["Problem"];
            /** @description What a cloud uses in the space of the pool */
            warnings?: components["schemas"]["Warning"][];
        };
        BulkResult: {
            /**
             * Format: int64
             * @description How many pools were made
             */
            created: number;
            /** @description What became of each row, in order */
            results: components["schemas"]["BulkRowResult"][];
        };
        /**
         * @description Which of the free blocks: the first, the smallest that fits, the last
         * @enum {string}
         */
        Strategy: "first_fit" | "best_fit" | "last_fit";
        Allocation: {
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status?: components["schemas"]["PoolStatus"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a reservation, in which something lies
             */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: components["schemas"]["Rules"] | null;
            /**
             * @description For people; several get numbers
             * @example berlin-office
             */
            name: string;
            /**
             * Format: int64
             * @description The size; the pool's own default when left out
             * @example 24
             */
            prefix_length?: number;
            /**
             * Format: int64
             * @description How many; 1 when left out
             */
            count?: number;
            /**
             * @description Unique among the living pools of the VRF. The same key and wish is answered 200 with the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone
             * @example vpc/payments/eu-central-1
             */
            key?: string;
            /** @description Which of the free blocks: the first, the smallest that fits, the last */
            strategy?: components["schemas"]["Strategy"];
            /** @description Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted */
            accept_uncounted_hosts?: boolean;
        };
        Pools: {
            /** @description The pools */
            items: components["schemas"]["Pool"][];
        };
        Selector: {
            /**
             * @description Pools with all of these tags
             * @example {
             *       "use": "apps"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /** @description Pools for this region */
            region?: string;
            /**
             * Format: int64
             * @description Pools of this VRF
             */
            vrf_id?: number;
            /**
             * @description Pools of this kind
             * @example container
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Pools of IPv4 or IPv6
             * @enum {integer}
             */
            family?: 4 | 6;
        };
        SelectedAllocation: {
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind?: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status?: components["schemas"]["PoolStatus"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description When its lease ends: its space is free again, but for what a cloud still uses, and for a pool, other than a reservation, in which something lies
             */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: components["schemas"]["Rules"] | null;
            /**
             * @description For people; several get numbers
             * @example berlin-office
             */
            name: string;
            /**
             * Format: int64
             * @description The size; the pool's own default when left out
             * @example 24
             */
            prefix_length?: number;
            /**
             * Format: int64
             * @description How many; 1 when left out
             */
            count?: number;
            /**
             * @description Unique among the living pools of the VRF. The same key and wish is answered 200 with the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone
             * @example vpc/payments/eu-central-1
             */
            key?: string;
            /** @description Which of the free blocks: the first, the smallest that fits, the last */
            strategy?: components["schemas"]["Strategy"];
            /** @description Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted */
            accept_uncounted_hosts?: boolean;
            /** @description Which pools it may be taken from */
            selector: components["schemas"]["Selector"];
        };
        Split: {
            /**
             * Format: int64
             * @description Of the parts
             * @example 24
             */
            prefix_length: number;
        };
        Merge: {
            /**
             * @description The pools, which together are one CIDR
             * @example [
             *       42,
             *       43
             *     ]
             */
            pool_ids: number[];
            /** @description Of the one pool; that of the first when left out */
            name?: string;
        };
        Move: {
            /**
             * Format: cidr
             * @description Its new addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description Its new VRF
             */
            vrf_id?: number;
            /** @description Takes everything below the pool along, to a place of the same size */
            with_children?: boolean;
        };
        MovedPool: {
            /**
             * Format: int64
             * @description The id of the pool
             */
            pool_id: number;
            /**
             * @description Its name
             * @example office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses before: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            from: string;
            /**
             * Format: cidr
             * @description Its addresses now: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            to: string;
        };
        PoolMove: {
            /**
             * Format: int64
             * @description The id
             * @example 42
             */
            id: number;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id: number | null;
            /**
             * @description For people; empty where a cloud gives none
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * @description IPv4 or IPv6
             * @example 4
             * @enum {integer}
             */
            family: 4 | 6;
            /**
             * @description What the pool stands for
             * @example subnet
             */
            kind: components["schemas"]["PoolKind"];
            /**
             * @description Whether the space is planned, reserved or in use
             * @example active
             */
            status: components["schemas"]["PoolStatus"];
            /** @description Who made the pool: a person, or discovery */
            source: components["schemas"]["PoolSource"];
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /** @description The cloud of the resource it stands for */
            provider: components["schemas"]["Provider"] | null;
            /**
             * @description The id that the cloud gives the resource it stands for
             * @example subnet-0a1b2c3d4e5f67890
             */
            external_id: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc: string | null;
            /**
             * @description The region it is for
             * @example eu-central-1
             */
            region: string | null;
            /** @description How the pool stands to what the cloud shows */
            sync_status: components["schemas"]["SyncStatus"] | null;
            /**
             * Format: date-time
             * @description When the cloud last showed the resource
             */
            last_sync_at: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id: number | null;
            /**
             * Format: date-time
             * @description When its lease ends
             */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: components["schemas"]["Rules"] | null;
            /** @description The live key of the allocation that made it */
            key: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /** @description How much of it is taken */
            utilization: components["schemas"]["Utilization"];
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            /** @description Of a living subnet of a cloud: how its hosts fill it, where the cloud counts them; null where it does not. Answers of writes leave it out. */
            hosts?: components["schemas"]["Hosts"] | null;
            /**
             * Format: int64
             * @description Its direct children
             */
            child_count?: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: components["schemas"]["Warning"][];
            /**
             * Format: int64
             * @description With `with_children`: how many pools moved
             */
            moved_count?: number;
            /** @description With `with_children`: the first 100 pools that move */
            moved?: components["schemas"]["MovedPool"][];
        };
        /** @enum {string} */
        AddressStatus: "reserved" | "active" | "deprecated";
        /** @enum {string} */
        AddressRole: "host" | "gateway" | "vip" | "dhcp";
        /**
         * @description What it was given as: to an interface, as a public address, or reserved by name
         * @enum {string}
         */
        ObservedKind: "interface" | "elastic" | "external" | "static";
        AddressUse: {
            /** @description What it was given as: to an interface, as a public address, or reserved by name */
            kind: components["schemas"]["ObservedKind"];
            /**
             * @description The cloud's id of what has it
             * @example eni-0a1b2c3d4e5f67890
             */
            external_id: string;
            /**
             * @description What that is attached to: an instance, a load balancer; null for nothing
             * @example i-0a1b2c3d4e5f67890
             */
            attached_to: string | null;
            /**
             * Format: int64
             * @description The account that lists it
             * @example 7
             */
            account_id: number;
            /**
             * Format: date-time
             * @description When it was last listed
             * @example 2026-01-31T12:00:00Z
             */
            seen_at: string;
        };
        Address: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: ip
             * @description The address
             * @example 10.20.1.7
             */
            address: string;
            /**
             * Format: int64
             * @description Its VRF
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null where there is none, or none that you may see
             * @example 42
             */
            pool_id: number | null;
            /**
             * Format: int64
             * @description The range that has it; null where none does, or none that you may see
             * @example 3
             */
            range_id: number | null;
            /**
             * @description For people; may be empty
             * @example db-1
             */
            name: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @example active
             */
            status: components["schemas"]["AddressStatus"];
            /**
             * @description What the address is for
             * @example host
             */
            role: components["schemas"]["AddressRole"];
            /**
             * @description Its DNS name (RFC 1123)
             * @example db-1.example.com
             */
            dns_name: string | null;
            /**
             * @description The MAC address of its interface (EUI-48)
             * @example 02:00:5e:00:53:01
             */
            mac: string | null;
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /** @description Tags, by key */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was taken
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /** @description What has the address in a cloud now, by the last listing; null for nothing. Answers of writes leave it out. */
            observed?: components["schemas"]["AddressUse"] | null;
        };
        AddressList: {
            /** @description The entries of this page */
            items: components["schemas"]["Address"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewAddress: {
            /**
             * @description For people; may be empty
             * @example db-1
             */
            name?: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @example active
             */
            status?: components["schemas"]["AddressStatus"];
            /**
             * @description What the address is for
             * @example host
             */
            role?: components["schemas"]["AddressRole"];
            /**
             * @description Its DNS name (RFC 1123)
             * @example db-1.example.com
             */
            dns_name?: string | null;
            /**
             * @description The MAC address of its interface (EUI-48)
             * @example 02:00:5e:00:53:01
             */
            mac?: string | null;
            /**
             * Format: int64
             * @description The account it belongs to; that of its pool when left out
             */
            account_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at?: string | null;
            /**
             * Format: ip
             * @description The address
             * @example 10.20.1.7
             */
            address: string;
            /**
             * Format: int64
             * @description Its VRF; `global` when left out
             */
            vrf_id?: number;
            /**
             * Format: int64
             * @description The range that has it, where one does
             */
            range_id?: number;
            /**
             * @description Records the address also where a cloud has given it to something: the record is of what is there
             * @default false
             */
            accept_observed?: boolean;
        };
        AddressPatch: {
            /**
             * @description For people; may be empty
             * @example db-1
             */
            name?: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @example active
             */
            status?: components["schemas"]["AddressStatus"];
            /**
             * @description What the address is for
             * @example host
             */
            role?: components["schemas"]["AddressRole"];
            /**
             * @description Its DNS name (RFC 1123)
             * @example db-1.example.com
             */
            dns_name?: string | null;
            /**
             * @description The MAC address of its interface (EUI-48)
             * @example 02:00:5e:00:53:01
             */
            mac?: string | null;
            /**
             * Format: int64
             * @description The account it belongs to; that of its pool when left out
             */
            account_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at?: string | null;
        };
        /**
         * @description Whether `set` is set of each, or each is given back
         * @enum {string}
         */
        BulkAddressAction: "update" | "delete";
        BulkAddresses: {
            /**
             * @description The addresses
             * @example [
             *       7,
             *       8
             *     ]
             */
            ids: number[];
            /**
             * @description Whether `set` is set of each, or each is given back
             * @example update
             */
            action: components["schemas"]["BulkAddressAction"];
            /**
             * @description What changes of each; what is left out stays. Of `update` alone
             * @example {
             *       "status": "deprecated"
             *     }
             */
            set?: components["schemas"]["AddressPatch"];
        };
        Addresses: {
            /** @description The addresses, in the order of their choice */
            items: components["schemas"]["Address"][];
        };
        /**
         * @description Whether it is the network or broadcast address, the subnet-router anycast address (RFC 4291), or one that the cloud keeps
         * @enum {string}
         */
        ForbiddenReason: "network" | "broadcast" | "router_anycast" | "cloud";
        ForbiddenAddress: {
            /**
             * Format: ip
             * @description The address
             * @example 10.20.1.0
             */
            address: string;
            /**
             * @description Whether it is the network or broadcast address, the subnet-router anycast address (RFC 4291), or one that the cloud keeps
             * @example network
             */
            reason: components["schemas"]["ForbiddenReason"];
        };
        PoolAddressList: {
            /** @description The entries of this page */
            items: components["schemas"]["Address"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
            /** @description The addresses of the pool that nobody gets: computed, never stored */
            forbidden: components["schemas"]["ForbiddenAddress"][];
        };
        /**
         * @description Which of the free addresses: the lowest, the highest, or any
         * @enum {string}
         */
        AddressStrategy: "first" | "last" | "random";
        AddressAllocation: {
            /**
             * @description For people; may be empty
             * @example db-1
             */
            name?: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @example active
             */
            status?: components["schemas"]["AddressStatus"];
            /**
             * @description What the address is for
             * @example host
             */
            role?: components["schemas"]["AddressRole"];
            /**
             * @description Its DNS name (RFC 1123)
             * @example db-1.example.com
             */
            dns_name?: string | null;
            /**
             * @description The MAC address of its interface (EUI-48)
             * @example 02:00:5e:00:53:01
             */
            mac?: string | null;
            /**
             * Format: int64
             * @description The account it belongs to; that of its pool when left out
             */
            account_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at?: string | null;
            /**
             * Format: int64
             * @description How many; 1 when left out. Several get numbers after their name
             */
            count?: number;
            /** @description Which of the free addresses: the lowest, the highest, or any */
            strategy?: components["schemas"]["AddressStrategy"];
            /**
             * Format: int64
             * @description Out of this range; left out: what no range keeps apart
             */
            range_id?: number;
            /** @description Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted */
            accept_uncounted_hosts?: boolean;
        };
        ObservedAddress: {
            /** @description What it was given as: to an interface, as a public address, or reserved by name */
            kind: components["schemas"]["ObservedKind"];
            /**
             * @description The cloud's id of what has it
             * @example eni-0a1b2c3d4e5f67890
             */
            external_id: string;
            /**
             * @description What that is attached to: an instance, a load balancer; null for nothing
             * @example i-0a1b2c3d4e5f67890
             */
            attached_to: string | null;
            /**
             * Format: int64
             * @description The account that lists it
             * @example 7
             */
            account_id: number;
            /**
             * Format: date-time
             * @description When it was last listed
             * @example 2026-01-31T12:00:00Z
             */
            seen_at: string;
            /**
             * Format: int64
             * @description The id
             * @example 1201
             */
            id: number;
            /**
             * Format: cidr
             * @description The address, or the block: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.17/32
             */
            cidr: string;
            /**
             * Format: int64
             * @description Its VRF
             * @example 1
             */
            vrf_id: number;
            /**
             * @description The region
             * @example eu-central-1
             */
            region: string;
            /**
             * @description The cloud's id of its subnet; null where the cloud names none
             * @example subnet-0a1b2c3d4e5f67890
             */
            subnet_external_id: string | null;
            /**
             * @description The name that it has in the cloud; may be empty
             * @example web-1
             */
            name: string;
            /**
             * Format: date-time
             * @description When it was first listed
             * @example 2026-01-31T12:00:00Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When a complete listing was first without it; null while it is there. It is held for a while
             */
            gone_at: string | null;
        };
        ObservedAddressList: {
            /** @description The entries of this page */
            items: components["schemas"]["ObservedAddress"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description How far the interfaces of the subnet were listed the last time
         * @enum {string}
         */
        InterfaceCoverage: "complete" | "partial" | "failed" | "off";
        HostUsage: {
            /**
             * @description All addresses of the pool
             * @example 256
             */
            size: string;
            /**
             * @description Those that nobody gets
             * @example 5
             */
            forbidden: string;
            /**
             * @description Different ones that clouds have given to something, of whatever account
             * @example 40
             */
            observed: string;
            /**
             * Format: int64
             * @description Those with an address record; 10,001 means more
             * @example 12
             */
            recorded: number;
            /**
             * @description Those that can be given out: nobody has them, and nothing is held
             * @example 204
             */
            free: string;
            /** @description How far the interfaces of the subnet were listed the last time */
            coverage: components["schemas"]["InterfaceCoverage"];
            /**
             * Format: date-time
             * @description When they were last listed completely; null: never
             */
            observed_at: string | null;
            /** @description What the cloud itself counts; null where it does not */
            counted: components["schemas"]["Hosts"] | null;
            /** @description Whether hosts may have more of them than is known: taking an address asks for `accept_uncounted_hosts` then */
            unlisted_hosts: boolean;
        };
        PastAddress: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: ip
             * @description The address
             * @example 10.20.1.7
             */
            address: string;
            /**
             * Format: int64
             * @description Its VRF
             * @example 1
             */
            vrf_id: number;
            /**
             * @description For people; may be empty
             * @example db-1
             */
            name: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @example active
             */
            status: components["schemas"]["AddressStatus"];
            /**
             * @description What the address is for
             * @example host
             */
            role: components["schemas"]["AddressRole"];
            /**
             * @description Its DNS name (RFC 1123)
             * @example db-1.example.com
             */
            dns_name: string | null;
            /**
             * @description The MAC address of its interface (EUI-48)
             * @example 02:00:5e:00:53:01
             */
            mac: string | null;
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /** @description Tags, by key */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was taken
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
        };
        PastAddressList: {
            /** @description The entries of this page */
            items: components["schemas"]["PastAddress"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /** @enum {string} */
        RangePurpose: "dhcp" | "reserved" | "excluded" | "quarantine";
        Range: {
            /**
             * Format: int64
             * @description The id
             * @example 3
             */
            id: number;
            /**
             * Format: ip
             * @description The first address
             * @example 10.20.1.100
             */
            start_address: string;
            /**
             * Format: ip
             * @description The last address
             * @example 10.20.1.199
             */
            end_address: string;
            /**
             * Format: int64
             * @description Its VRF
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null where there is none, or none that you may see
             * @example 42
             */
            pool_id: number | null;
            /**
             * @description For people; may be empty
             * @example clients
             */
            name: string;
            /**
             * @description Why it is kept apart; `quarantine`: what was there was deleted lately
             * @example dhcp
             */
            purpose: components["schemas"]["RangePurpose"];
            /** @description Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it */
            counts_as_used: boolean;
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /** @description Tags, by key */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When a quarantine ends by itself
             */
            until: string | null;
            /**
             * @description Who has deleted what is in quarantine
             * @example terraform
             */
            held_by: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
        };
        RangeList: {
            /** @description The entries of this page */
            items: components["schemas"]["Range"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description Whether a DHCP server gives its addresses out, they are for those who name the range, or nobody gets them
         * @enum {string}
         */
        ChosenRangePurpose: "dhcp" | "reserved" | "excluded";
        RangePatch: {
            /**
             * @description For people; may be empty
             * @example clients
             */
            name?: string;
            /**
             * @description Whether a DHCP server gives its addresses out, they are for those who name the range, or nobody gets them
             * @example dhcp
             */
            purpose?: components["schemas"]["ChosenRangePurpose"];
            /** @description Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it */
            counts_as_used?: boolean;
            /**
             * Format: int64
             * @description The account it belongs to; that of its pool when left out
             */
            account_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
        };
        NewRange: {
            /**
             * @description For people; may be empty
             * @example clients
             */
            name?: string;
            /**
             * @description Whether a DHCP server gives its addresses out, they are for those who name the range, or nobody gets them
             * @example dhcp
             */
            purpose?: components["schemas"]["ChosenRangePurpose"];
            /** @description Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it */
            counts_as_used?: boolean;
            /**
             * Format: int64
             * @description The account it belongs to; that of its pool when left out
             */
            account_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /**
             * @description Tags, by key
             * @example {
             *       "owner": "netops"
             *     }
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: ip
             * @description The first address
             * @example 10.20.1.100
             */
            start_address: string;
            /**
             * Format: ip
             * @description The last address
             * @example 10.20.1.199
             */
            end_address: string;
            /** @description Takes address records that lie there in; without it they are in the way */
            with_addresses?: boolean;
        };
        FreeBlocks: {
            /**
             * Format: int64
             * @description Their prefix length
             * @example 24
             */
            prefix_length: number;
            /**
             * Format: int64
             * @description How many there are
             * @example 3
             */
            count: number;
        };
        UsageDay: {
            /**
             * Format: date
             * @description The day, in UTC
             * @example 2026-08-22
             */
            day: string;
            /**
             * @description Addresses that its children and address records took; without those that a cloud keeps
             * @example 65536
             */
            used: string;
            /**
             * @description Addresses that they did not take
             * @example 65536
             */
            free: string;
            /**
             * Format: int64
             * @description Prefix length of the largest free block; null where nothing was free
             * @example 18
             */
            largest_free: number | null;
            /** @description The free blocks by length, each as large as it goes; the largest first */
            free_blocks: components["schemas"]["FreeBlocks"][];
        };
        PoolUsage: {
            /**
             * Format: date
             * @description The first day that was asked for
             * @example 2026-08-22
             */
            from: string;
            /**
             * Format: date
             * @description The last day that was asked for
             * @example 2026-08-22
             */
            to: string;
            /**
             * Format: int64
             * @description Of each so many days the last one on which something has changed is told
             * @example 1
             */
            step_days: number;
            /** @description Days on which something has changed, in their order; the first may be before `from`, as it was so then */
            days: components["schemas"]["UsageDay"][];
        };
        /**
         * @description `forecast`: there is a day; `exhausted`: it does not fit now; `not_enough_history`: less than 26 weeks, or 8 days with changes; `no_growth`; `beyond_3_years`
         * @enum {string}
         */
        ForecastOutcome: "forecast" | "exhausted" | "not_enough_history" | "no_growth" | "beyond_3_years";
        /**
         * @description By what forecasts of its past were worth; of `forecast` alone
         * @enum {string}
         */
        ForecastConfidence: "low" | "medium" | "high";
        Backtest: {
            /**
             * Format: int64
             * @description How many forecasts could be tried on the past of the pool
             * @example 6
             */
            trials: number;
            /**
             * Format: int64
             * @description How many of them had the truth in their band
             * @example 5
             */
            held: number;
        };
        Forecast: {
            /** @description `forecast`: there is a day; `exhausted`: it does not fit now; `not_enough_history`: less than 26 weeks, or 8 days with changes; `no_growth`; `beyond_3_years` */
            outcome: components["schemas"]["ForecastOutcome"];
            /**
             * Format: date
             * @description The day at mean growth; of `forecast` alone
             */
            day: string | null;
            /**
             * Format: date
             * @description This day or later in nine of ten futures; null where no band is told
             */
            earliest: string | null;
            /**
             * Format: date
             * @description This day or earlier in nine of ten futures; null where that is beyond three years
             */
            latest: string | null;
            /** @description By what forecasts of its past were worth; of `forecast` alone */
            confidence: components["schemas"]["ForecastConfidence"] | null;
            /**
             * Format: double
             * @description Mean net growth in addresses a week; null without enough history
             * @example 256
             */
            growth_per_week: number | null;
            /**
             * Format: int64
             * @description Weeks of the past that it rests on
             * @example 52
             */
            weeks: number;
            /**
             * Format: int64
             * @description Days of them on which something has changed
             * @example 31
             */
            changes: number;
            /**
             * Format: date
             * @description The first day of the week with a change so large that it is no growth; null without one
             */
            left_out: string | null;
            /** @description What forecasts of its past were worth */
            backtest: components["schemas"]["Backtest"];
        };
        PoolForecast: {
            /**
             * Format: int64
             * @description The id of the pool
             * @example 42
             */
            pool_id: number;
            /**
             * @description Its name
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description The VRF that it lies in
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description Prefix length of the block that has to fit
             * @example 24
             */
            prefix_length: number;
            /**
             * Format: date
             * @description The day on which the forecast was made
             * @example 2026-08-22
             */
            made_on: string;
            /** @description What is told */
            forecast: components["schemas"]["Forecast"];
        };
        PoolForecastList: {
            /** @description The entries of this page */
            items: components["schemas"]["PoolForecast"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description What is wrong
         * @enum {string}
         */
        AgedFindingType: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "stale_address" | "unknown_address";
        OpenFindings: {
            /** @description What is wrong */
            type: components["schemas"]["AgedFindingType"];
            /**
             * Format: int64
             * @description At most 7 days old
             * @example 2
             */
            week: number;
            /**
             * Format: int64
             * @description 8 to 30 days old
             * @example 1
             */
            month: number;
            /**
             * Format: int64
             * @description Older
             * @example 0
             */
            older: number;
        };
        FindingsByAge: {
            /** @description By type, each type once */
            types: components["schemas"]["OpenFindings"][];
            /** @description Whether there may be more: the first 10,000 resources with findings are counted */
            is_estimate: boolean;
        };
        /**
         * @description What it is
         * @enum {string}
         */
        LeaseType: "pool" | "address" | "range";
        EndingLease: {
            /** @description What it is */
            type: components["schemas"]["LeaseType"];
            /**
             * Format: int64
             * @description Its id
             * @example 42
             */
            id: number;
            /**
             * @description Its name; may be empty
             * @example berlin-office
             */
            name: string;
            /**
             * @description Its addresses: a CIDR, an address, or the first and the last one
             * @example 10.20.0.0/16
             */
            addresses: string;
            /**
             * Format: int64
             * @description The VRF that it lies in
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: date-time
             * @description When it ends, or has ended
             * @example 2026-01-31T12:00:00Z
             */
            ends_at: string;
        };
        EndingLeases: {
            /**
             * Format: int64
             * @description Pools
             * @example 2
             */
            pools: number;
            /**
             * Format: int64
             * @description Addresses
             * @example 1
             */
            addresses: number;
            /**
             * Format: int64
             * @description Ranges in quarantine, which then are free again
             * @example 0
             */
            ranges: number;
            /** @description Up to eight, those that end first */
            first: components["schemas"]["EndingLease"][];
        };
        SoonEnding: {
            /**
             * Format: int64
             * @description How many; exact up to 10,000, 10,001 means more
             * @example 3
             */
            total: number;
            /** @description Up to eight, the soonest first */
            first: components["schemas"]["PoolForecast"][];
        };
        CoverageCounts: {
            /**
             * Format: int64
             * @description All of it
             * @example 12
             */
            complete: number;
            /**
             * Format: int64
             * @description Some of it
             * @example 0
             */
            partial: number;
            /**
             * Format: int64
             * @description Nothing
             * @example 1
             */
            failed: number;
        };
        CoverageAges: {
            /**
             * Format: int64
             * @description At most an hour
             * @example 9
             */
            hour: number;
            /**
             * Format: int64
             * @description More, up to a day
             * @example 3
             */
            day: number;
            /**
             * Format: int64
             * @description More, up to 7 days
             * @example 0
             */
            week: number;
            /**
             * Format: int64
             * @description More
             * @example 0
             */
            older: number;
            /**
             * Format: int64
             * @description They were never listed completely
             * @example 1
             */
            never: number;
        };
        /**
         * @description The worst of its regions
         * @enum {string}
         */
        Coverage: "complete" | "partial" | "failed";
        AccountCoverage: {
            /**
             * Format: int64
             * @description The account
             * @example 7
             */
            account_id: number;
            /**
             * @description Its name
             * @example Payments production
             */
            name: string;
            /** @description The cloud */
            provider: components["schemas"]["Provider"];
            /**
             * Format: int64
             * @description Regions that were listed
             * @example 4
             */
            regions: number;
            /** @description The worst of its regions */
            coverage: components["schemas"]["Coverage"];
            /**
             * Format: int64
             * @description Regions that are not listed as often as they should be
             * @example 0
             */
            overdue: number;
            /**
             * Format: date-time
             * @description When the region was completely listed that was so the longest ago; null where one never was
             */
            oldest_at: string | null;
        };
        DiscoveryCoverage: {
            /** @description Regions by their last listing */
            regions: components["schemas"]["CoverageCounts"];
            /** @description Regions by age */
            ages: components["schemas"]["CoverageAges"];
            /**
             * Format: int64
             * @description Regions that are not listed as often as they should be
             * @example 0
             */
            overdue: number;
            /**
             * Format: int64
             * @description Accounts that were listed
             * @example 3
             */
            accounts: number;
            /** @description Up to eight accounts, those with the worst coverage first, then the oldest */
            worst: components["schemas"]["AccountCoverage"][];
        };
        FamilyUse: {
            /**
             * @description Addresses of the pools
             * @example 65536
             */
            size: string;
            /**
             * @description Those of them that are used
             * @example 512
             */
            used: string;
            /**
             * @description Those that are free
             * @example 65024
             */
            free: string;
            /**
             * Format: double
             * @description used / size
             * @example 0.0078125
             */
            ratio: number;
        };
        EstateUse: {
            /**
             * Format: int64
             * @description Pools, however deep they lie
             * @example 1204
             */
            pools: number;
            /** @description Of the topmost pools with IPv4 addresses; null without any */
            ipv4: components["schemas"]["FamilyUse"] | null;
            /** @description Of the topmost pools with IPv6 addresses; null without any */
            ipv6: components["schemas"]["FamilyUse"] | null;
        };
        EstateGroup: {
            /**
             * Format: int64
             * @description Pools, however deep they lie
             * @example 1204
             */
            pools: number;
            /** @description Of the topmost pools with IPv4 addresses; null without any */
            ipv4: components["schemas"]["FamilyUse"] | null;
            /** @description Of the topmost pools with IPv6 addresses; null without any */
            ipv6: components["schemas"]["FamilyUse"] | null;
            /**
             * @description The id of the VRF or account, the provider, or the region
             * @example 7
             */
            key: string;
            /**
             * @description What people call it; the key where it has no name, or none that is visible
             * @example Payments production
             */
            name: string;
        };
        EstateGroups: {
            /**
             * Format: int64
             * @description How many groups there are
             * @example 3
             */
            total: number;
            /** @description The first 25 of them */
            items: components["schemas"]["EstateGroup"][];
        };
        FullPool: {
            /**
             * Format: int64
             * @description The id of the pool
             * @example 42
             */
            pool_id: number;
            /**
             * @description Its name
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description The VRF that it lies in
             * @example 1
             */
            vrf_id: number;
            /**
             * @description The name of that VRF; empty where it is hidden
             * @example global
             */
            vrf_name: string;
            /** @description How much of it is used */
            use: components["schemas"]["FamilyUse"];
        };
        GrowthPoint: {
            /**
             * Format: date
             * @description The day, in UTC
             * @example 2026-08-22
             */
            day: string;
            /**
             * @description Addresses in use
             * @example 65536
             */
            used: string;
        };
        OutlookPoint: {
            /**
             * Format: date
             * @description The day, in UTC
             * @example 2026-08-22
             */
            day: string;
            /**
             * @description Less than this in one of ten futures
             * @example 65536
             */
            low: string;
            /**
             * @description As much in half of the futures
             * @example 65536
             */
            middle: string;
            /**
             * @description More than this in one of ten futures
             * @example 65536
             */
            high: string;
        };
        EstateGrowth: {
            /** @description A point a week over up to a year, the last one of the day of the count */
            past: components["schemas"]["GrowthPoint"][];
            /** @description A point a week over half a year; empty without 26 weeks and 8 changes of a past */
            outlook: components["schemas"]["OutlookPoint"][];
            /**
             * Format: int64
             * @description Weeks of the past that it rests on
             * @example 52
             */
            weeks: number;
            /**
             * Format: int64
             * @description Days of them on which something has changed
             * @example 31
             */
            changes: number;
        };
        Estate: {
            /**
             * Format: date-time
             * @description When they were counted; null: for this answer, as for callers with limits
             */
            counted_at: string | null;
            /** @description All of them */
            total: components["schemas"]["EstateUse"];
            /** @description By VRF */
            by_vrf: components["schemas"]["EstateGroups"];
            /** @description By the provider of their account */
            by_provider: components["schemas"]["EstateGroups"];
            /** @description By account */
            by_account: components["schemas"]["EstateGroups"];
            /** @description By region */
            by_region: components["schemas"]["EstateGroups"];
            /** @description The ten pools with the largest share in use, the fullest first */
            fullest: components["schemas"]["FullPool"][];
            /** @description Of the pools with IPv4 addresses that lie in no other one; null without a past */
            growth_ipv4: components["schemas"]["EstateGrowth"] | null;
            /** @description Of the pools with IPv6 addresses that lie in no other one; null without a past */
            growth_ipv6: components["schemas"]["EstateGrowth"] | null;
        };
        PausedWebhooks: {
            /**
             * Format: int64
             * @description How many the server has paused
             * @example 0
             */
            paused: number;
        };
        AuditEntry: {
            /**
             * Format: int64
             * @description The id; it grows with every entry
             * @example 4711
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was done
             * @example 2026-01-31T12:00:00Z
             */
            timestamp: string;
            /** @description Who did it */
            actor: components["schemas"]["Actor"];
            /**
             * @description What was done: `entity.verb`
             * @example pool.create
             */
            action: string;
            /**
             * @description What kind of thing was changed
             * @example pool
             */
            entity_type: components["schemas"]["EntityType"];
            /**
             * @description The id of what was changed
             * @example 42
             */
            entity_id: string;
            /** @description What was changed */
            diff: components["schemas"]["AuditDiff"];
            /**
             * @description The request that did it, as the log of the server names it
             * @example req-1a2b
             */
            request_id: string;
            /**
             * @description Why, as X-Change-Reason said; null where nobody said
             * @example CHG-1234
             */
            reason: string | null;
            /**
             * Format: int64
             * @description Which fields the diff of this action has; counted up when they change
             * @example 1
             */
            version: number;
            /** @description Where it is after the change, or was before its end; null for what has no place, such as a token */
            place: components["schemas"]["EventPlace"] | null;
            /** @description Where it was before the change; null where that is the same place */
            former_place: components["schemas"]["EventPlace"] | null;
        };
        /**
         * @description The field that is null
         * @enum {string}
         */
        DashboardPart: "findings" | "leases" | "ending" | "coverage" | "estate" | "webhooks" | "changes";
        /**
         * @description `not_counted_yet`: the server has just begun; `too_many_pools`: more than 2,000, for a caller with limits; `not_allowed`: the caller may not read it; `failed`: the log of the server says more
         * @enum {string}
         */
        MissingReason: "not_counted_yet" | "too_many_pools" | "not_allowed" | "failed";
        MissingPart: {
            /** @description The field that is null */
            part: components["schemas"]["DashboardPart"];
            /** @description `not_counted_yet`: the server has just begun; `too_many_pools`: more than 2,000, for a caller with limits; `not_allowed`: the caller may not read it; `failed`: the log of the server says more */
            reason: components["schemas"]["MissingReason"];
        };
        Dashboard: {
            /** @description Whether there is any pool that the caller sees */
            has_pools: boolean;
            /** @description Open findings of resources */
            findings: components["schemas"]["FindingsByAge"] | null;
            /** @description Leases that end */
            leases: components["schemas"]["EndingLeases"] | null;
            /** @description Pools that end */
            ending: components["schemas"]["SoonEnding"] | null;
            /** @description How far the clouds are known */
            coverage: components["schemas"]["DiscoveryCoverage"] | null;
            /** @description All pools together */
            estate: components["schemas"]["Estate"] | null;
            /** @description Webhooks; for whoever manages them */
            webhooks: components["schemas"]["PausedWebhooks"] | null;
            /** @description The last ten changes, the newest first */
            changes: components["schemas"]["AuditEntry"][] | null;
            /** @description Which of these are null, and why */
            missing: components["schemas"]["MissingPart"][];
        };
        /** @enum {string} */
        RecommendationKind: "duplicate" | "shadowed" | "undersized" | "fragmented" | "breaks_rules" | "oversized" | "unused";
        /** @enum {string} */
        Severity: "high" | "medium" | "low";
        AnalysedPool: {
            /**
             * Format: int64
             * @description The id of the pool
             * @example 42
             */
            pool_id: number;
            /**
             * @description Its name
             * @example berlin-office
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string;
            /**
             * Format: int64
             * @description The VRF that it lies in
             * @example 1
             */
            vrf_id: number;
            /** @description What it stands for */
            kind: components["schemas"]["PoolKind"];
        };
        Facts: {
            /**
             * Format: double
             * @description Fragmentation, from 0 to 1; of `fragmented`
             * @example 0.75
             */
            score: number | null;
            /**
             * Format: int64
             * @description Prefix length that it is about: the usual one of `fragmented`, that would be enough of `oversized`
             * @example 24
             */
            prefix_length: number | null;
            /**
             * Format: int64
             * @description Prefix length of the largest free block; of `fragmented`, null without any
             * @example 24
             */
            largest_free: number | null;
            /**
             * Format: int64
             * @description What it would be if everything taken stood together; of `fragmented`
             * @example 22
             */
            packed_largest: number | null;
            /**
             * @description Hosts in use; of `undersized` and `oversized`
             * @example 65536
             */
            hosts_used: string | null;
            /**
             * @description Hosts that have room; of both
             * @example 65536
             */
            hosts_size: string | null;
            /**
             * Format: int64
             * @description Days without anything in it; of `unused`
             */
            idle_days: number | null;
            /** @description What breaks the rules of its parent */
            breach: string | null;
            /**
             * Format: int64
             * @description In how many other VRFs its space is used; of `duplicate` and `shadowed`
             */
            vrfs: number | null;
            /** @description Its cloud says where it is, so that it is changed there */
            follows_cloud: boolean;
        };
        /**
         * @description `merge` the pools; give the pool another CIDR (`resize`, `move`); `reclaim`: delete it; `edit` its tags
         * @enum {string}
         */
        RecommendedActionType: "merge" | "resize" | "move" | "reclaim" | "edit";
        RecommendedAction: {
            /** @description `merge` the pools; give the pool another CIDR (`resize`, `move`); `reclaim`: delete it; `edit` its tags */
            type: components["schemas"]["RecommendedActionType"];
            /** @description The pools that it changes; of a move in a list none: the analysis of the pool names the one */
            pool_ids: number[];
            /**
             * Format: cidr
             * @description What the pool becomes; null where that is to be chosen: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr: string | null;
            /** @description Tags that are missing */
            tags: string[];
        };
        KeptRecommendation: {
            /** @description `duplicate`, `shadowed`: its addresses are also those of a network in a VRF of its reachability domain; `undersized`, `oversized`: by its hosts; `fragmented`: free space in pieces; `breaks_rules`: of its parent; `unused`: nothing was in it for 90 days */
            kind: components["schemas"]["RecommendationKind"];
            /** @description How much it matters */
            severity: components["schemas"]["Severity"];
            /** @description The pool that it is about */
            pool: components["schemas"]["AnalysedPool"];
            /** @description Another pool: the network that collides, the parent whose rules are broken, or what it can be merged with */
            related: components["schemas"]["AnalysedPool"] | null;
            /** @description What was seen */
            facts: components["schemas"]["Facts"];
            /** @description What to do; null where nothing can be done here */
            action: components["schemas"]["RecommendedAction"] | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            made_at: string;
        };
        KindCount: {
            /** @description `duplicate`, `shadowed`: its addresses are also those of a network in a VRF of its reachability domain; `undersized`, `oversized`: by its hosts; `fragmented`: free space in pieces; `breaks_rules`: of its parent; `unused`: nothing was in it for 90 days */
            kind: components["schemas"]["RecommendationKind"];
            /**
             * Format: int64
             * @description How many, up to 10,000
             * @example 3
             */
            count: number;
            /** @description There are more than 10,000 */
            is_estimate: boolean;
        };
        RecommendationList: {
            /** @description The entries of this page */
            items: components["schemas"]["KeptRecommendation"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How many there are of each kind, whichever kind was asked for */
            kinds: components["schemas"]["KindCount"][];
            /**
             * Format: date-time
             * @description The minute in which the last analysis of all pools began; null: there was none
             */
            analysed_at: string | null;
            /**
             * Format: date-time
             * @description From then on all pools are analysed again; null: about now, for the first time, or not told to callers with limits
             */
            next_at: string | null;
        };
        RoomAtLength: {
            /**
             * Format: int64
             * @description The prefix length
             * @example 24
             */
            prefix_length: number;
            /**
             * Format: int64
             * @description Free blocks that are just so large
             * @example 3
             */
            free_blocks: number;
            /**
             * @description Blocks of this length that can be taken now
             * @example 65536
             */
            placeable: string;
            /**
             * @description Blocks of this length that could be taken if everything taken stood together
             * @example 65536
             */
            packed: string;
        };
        Fragmentation: {
            /**
             * Format: double
             * @description From 0, where every size has all the room that there is, to nearly 1; the documentation has its formula
             * @example 0.75
             */
            score: number;
            /**
             * @description Free addresses
             * @example 65536
             */
            free: string;
            /**
             * Format: int64
             * @description Prefix length of the largest free block; null without any
             * @example 24
             */
            largest_free: number | null;
            /**
             * Format: int64
             * @description What it would be if everything taken stood together; null without any
             * @example 22
             */
            packed_largest: number | null;
            /** @description By prefix length, from `packed_largest` to that of the smallest free block */
            lengths: components["schemas"]["RoomAtLength"][];
        };
        Recommendation: {
            /** @description `duplicate`, `shadowed`: its addresses are also those of a network in a VRF of its reachability domain; `undersized`, `oversized`: by its hosts; `fragmented`: free space in pieces; `breaks_rules`: of its parent; `unused`: nothing was in it for 90 days */
            kind: components["schemas"]["RecommendationKind"];
            /** @description How much it matters */
            severity: components["schemas"]["Severity"];
            /** @description The pool that it is about */
            pool: components["schemas"]["AnalysedPool"];
            /** @description Another pool: the network that collides, the parent whose rules are broken, or what it can be merged with */
            related: components["schemas"]["AnalysedPool"] | null;
            /** @description What was seen */
            facts: components["schemas"]["Facts"];
            /** @description What to do; null where nothing can be done here */
            action: components["schemas"]["RecommendedAction"] | null;
        };
        PoolAnalysis: {
            /** @description The pool */
            pool: components["schemas"]["AnalysedPool"];
            /** @description How far its free space is in pieces */
            fragmentation: components["schemas"]["Fragmentation"];
            /** @description All free blocks were read; else the fragmentation is that of the first 10,000 */
            is_complete: boolean;
            /**
             * Format: int64
             * @description Prefix length of its rules for allocations, or of most of its blocks; null where nothing tells it
             * @example 24
             */
            usual_length: number | null;
            /** @description What is recommended about the pool and its children: its own first */
            recommendations: components["schemas"]["Recommendation"][];
            /**
             * Format: int64
             * @description So many children were looked at, the first by address
             * @example 12
             */
            children_examined: number;
            /**
             * Format: int64
             * @description Children that there are, up to 10,000
             * @example 12
             */
            children_total: number;
        };
        /**
         * @description What happens to new resources of it; null for the server's own policy
         * @enum {string}
         */
        DiscoveryPolicy: "auto" | "approve" | "observe";
        Account: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /**
             * @description Unique
             * @example aws:111122223333
             */
            key: string;
            /**
             * @description Whose account it is
             * @example aws
             */
            provider: components["schemas"]["Provider"];
            /**
             * @description The cloud's own id: 12 digits at AWS, the project at GCP
             * @example 111122223333
             */
            external_id: string;
            /**
             * @description For people
             * @example Payments production
             */
            name: string;
            /**
             * @description Which platform it belongs to
             * @example payments
             */
            platform: string | null;
            /**
             * @description How much depends on it
             * @example gold
             */
            tier: string | null;
            /**
             * @description What it is for
             * @example production
             */
            environment: string | null;
            /**
             * @description Regions that are in use or planned
             * @example [
             *       "eu-central-1"
             *     ]
             */
            regions: string[];
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy: components["schemas"]["DiscoveryPolicy"] | null;
            /**
             * Format: int64
             * @description Seconds between two discoveries; null for the server's interval
             */
            discovery_interval: number | null;
        };
        AccountList: {
            /** @description The entries of this page */
            items: components["schemas"]["Account"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewAccount: {
            /**
             * @description Whose account it is
             * @example aws
             */
            provider: components["schemas"]["Provider"];
            /**
             * @description The cloud's own id: 12 digits at AWS, the project at GCP
             * @example 111122223333
             */
            external_id: string;
            /** @description Unique; `provider:external_id` when left out */
            key?: string;
            /**
             * @description For people
             * @example Payments production
             */
            name: string;
            /**
             * @description Which platform it belongs to
             * @example payments
             */
            platform?: string | null;
            /**
             * @description How much depends on it
             * @example gold
             */
            tier?: string | null;
            /**
             * @description What it is for
             * @example production
             */
            environment?: string | null;
            /**
             * @description Regions that are in use or planned
             * @example [
             *       "eu-central-1"
             *     ]
             */
            regions?: string[];
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy?: components["schemas"]["DiscoveryPolicy"] | null;
            /**
             * Format: int64
             * @description Seconds between two discoveries; null for the server's interval
             */
            discovery_interval?: number | null;
        };
        AccountPatch: {
            /**
             * @description For people
             * @example Payments production
             */
            name?: string;
            /**
             * @description Which platform it belongs to
             * @example payments
             */
            platform?: string | null;
            /**
             * @description How much depends on it
             * @example gold
             */
            tier?: string | null;
            /**
             * @description What it is for
             * @example production
             */
            environment?: string | null;
            /**
             * @description Regions that are in use or planned
             * @example [
             *       "eu-central-1"
             *     ]
             */
            regions?: string[];
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy?: components["schemas"]["DiscoveryPolicy"] | null;
            /**
             * Format: int64
             * @description Seconds between two discoveries; null for the server's interval
             */
            discovery_interval?: number | null;
        };
        Vrf: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /**
             * @description Unique
             * @example production
             */
            name: string;
            /**
             * @description The route distinguisher (RFC 4364)
             * @example 65000:1
             */
            rd: string | null;
            /**
             * @description VRFs of one reachability domain can reach each other, so that the same addresses in two of them collide (see the analysis); null: it reaches no other
             * @example corporate
             */
            reachability_domain: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
        };
        VrfList: {
            /** @description The entries of this page */
            items: components["schemas"]["Vrf"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewVrf: {
            /**
             * @description Unique
             * @example production
             */
            name: string;
            /**
             * @description The route distinguisher (RFC 4364)
             * @example 65000:1
             */
            rd?: string | null;
            /**
             * @description VRFs of one reachability domain can reach each other, so that the same addresses in two of them collide (see the analysis); null: it reaches no other
             * @example corporate
             */
            reachability_domain?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        VrfPatch: {
            /**
             * @description Unique
             * @example production
             */
            name?: string;
            /**
             * @description The route distinguisher (RFC 4364)
             * @example 65000:1
             */
            rd?: string | null;
            /**
             * @description VRFs of one reachability domain can reach each other, so that the same addresses in two of them collide (see the analysis); null: it reaches no other
             * @example corporate
             */
            reachability_domain?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        VlanGroup: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /**
             * @description Unique; VLANs name their group by it
             * @example fra1
             */
            name: string;
            /**
             * @description The VLAN ids that its VLANs may have, as ranges with commas between them
             * @example 100-199,300
             */
            vid_ranges: string;
            /**
             * Format: int64
             * @description How many VLAN ids its ranges have
             * @example 101
             */
            vid_count: number;
            /**
             * Format: int64
             * @description How many of them VLANs have; whoever has limits is told of those of their pools
             * @example 57
             */
            vlan_count: number;
            /**
             * Format: int64
             * @description The account that it is for; null also for whoever may not see it
             */
            account_id: number | null;
            /**
             * @description The site that it is for, where it is not for an account
             * @example Frankfurt 1
             */
            site: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
        };
        VlanGroupList: {
            /** @description The entries of this page */
            items: components["schemas"]["VlanGroup"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewVlanGroup: {
            /**
             * @description Unique; VLANs name their group by it
             * @example fra1
             */
            name: string;
            /**
             * @description The VLAN ids that its VLANs may have, as ranges with commas between them; `1-4094` when left out
             * @example 100-199,300
             */
            vid_ranges?: string;
            /**
             * Format: int64
             * @description The account that it is for
             */
            account_id?: number | null;
            /**
             * @description The site that it is for, where it is not for an account
             * @example Frankfurt 1
             */
            site?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        VlanGroupPatch: {
            /**
             * @description Unique; VLANs name their group by it
             * @example fra1
             */
            name?: string;
            /**
             * @description The VLAN ids that its VLANs may have, as ranges with commas between them; `1-4094` when left out
             * @example 100-199,300
             */
            vid_ranges?: string;
            /**
             * Format: int64
             * @description The account that it is for
             */
            account_id?: number | null;
            /**
             * @description The site that it is for, where it is not for an account
             * @example Frankfurt 1
             */
            site?: string | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        FreeVids: {
            /**
             * @description As ranges with commas between them; empty where there is none
             * @example 102-199,300
             */
            vid_ranges: string;
            /**
             * Format: int64
             * @description How many these are
             * @example 99
             */
            count: number;
            /**
             * Format: int64
             * @description The lowest one, which is taken next; null where there is none
             * @example 102
             */
            next: number | null;
        };
        NewVlanInGroup: {
            /**
             * @description Unique in the group
             * @example office
             */
            name: string;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        Vlan: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
            /**
             * Format: int64
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid: number;
            /**
             * @description For people
             * @example office
             */
            name: string;
            /**
             * @description The name of its VLAN group, or of a site or building that has no record
             * @example berlin
             */
            group: string;
            /**
             * Format: int64
             * @description Its VLAN group: the one with the name that `group` has; null where there is none
             */
            group_id: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description: string;
        };
        VlanList: {
            /** @description The entries of this page */
            items: components["schemas"]["Vlan"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewVlan: {
            /**
             * Format: int64
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid: number;
            /**
             * @description For people
             * @example office
             */
            name: string;
            /**
             * @description The name of its VLAN group, or of a site or building that has no record
             * @example berlin
             */
            group?: string;
            /**
             * Format: int64
             * @description Its VLAN group, instead of `group`; null takes it out of its group
             */
            group_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        VlanPatch: {
            /**
             * Format: int64
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid?: number;
            /**
             * @description For people
             * @example office
             */
            name?: string;
            /**
             * @description The name of its VLAN group, or of a site or building that has no record
             * @example berlin
             */
            group?: string;
            /**
             * Format: int64
             * @description Its VLAN group, instead of `group`; null takes it out of its group
             */
            group_id?: number | null;
            /**
             * @description For people
             * @example Offices in Berlin
             */
            description?: string;
        };
        Region: {
            /**
             * @description The cloud's own name
             * @example eu-central-1
             */
            region: string;
        };
        Regions: {
            /** @description The entries of this page */
            items: components["schemas"]["Region"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        Collector: {
            /**
             * @description The name of the program
             * @example cloudpam-collector
             */
            name: string;
            /**
             * @description Its version
             * @example 0.1.0
             */
            version: string;
        };
        ScopeError: {
            /**
             * @description The cloud's own code
             * @example AccessDenied
             */
            code: string;
            /**
             * @description The cloud's own words
             * @example User is not authorized to perform: ec2:DescribeVpcs
             */
            message: string;
        };
        ListingPart: {
            /**
             * Format: int64
             * @description Which part it is, from 1
             */
            number: number;
            /** @description Whether it is the last part */
            last: boolean;
        };
        SeenNetwork: {
            /**
             * @description The cloud's id
             * @example vpc-0a1b2c3d
             */
            external_id: string;
            /**
             * @description The account that owns it; not always the one that lists it
             * @example 111122223333
             */
            owner_account: string;
            /**
             * @description The region that it is in
             * @example eu-central-1
             */
            region: string;
            /**
             * @description The name that it has in the cloud; may be empty
             * @example payments
             */
            name: string;
            /**
             * @description Whether the cloud made it by itself
             * @default false
             */
            is_default?: boolean;
        };
        /**
         * @description What it is
         * @enum {string}
         */
        ResourceKind: "vpc" | "subnet" | "secondary_range";
        SeenResource: {
            /** @description What it is */
            kind: components["schemas"]["ResourceKind"];
            /**
             * @description The cloud's id
             * @example subnet-0a1b2c3d
             */
            external_id: string;
            /**
             * @description The cloud's id of its network
             * @example vpc-0a1b2c3d
             */
            network_external_id: string;
            /**
             * @description The account that owns it; not always the one that lists it
             * @example 111122223333
             */
            owner_account: string;
            /**
             * @description The region that it is in
             * @example eu-central-1
             */
            region: string;
            /**
             * @description The cloud's id of its zone; null for none
             * @example euc1-az2
             */
            zone_id?: string | null;
            /**
             * @description The AWS Outpost that it is on; null for none
             * @example op-0a1b2c3d
             */
            outpost?: string | null;
            /**
             * @description The name that it has in the cloud; may be empty
             * @example payments
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/24
             */
            cidr: string;
            /**
             * Format: int64
             * @description Host addresses of it that the cloud says are free
             */
            free_hosts?: number;
            /** @description The cloud's tags or labels */
            tags?: {
                [key: string]: string;
            };
        };
        SeenInterfaces: {
            /** @description How much of them the listing has; only what is `complete` tells what is gone */
            coverage: components["schemas"]["Coverage"];
            /** @description Why it is not complete; null when it is */
            error?: components["schemas"]["ScopeError"] | null;
        };
        SeenAddress: {
            /** @description What it was given as */
            kind: components["schemas"]["ObservedKind"];
            /**
             * @description The cloud's id of what has it
             * @example eni-0a1b2c3d4e5f67890
             */
            external_id: string;
            /**
             * @description The cloud's id of its network; null for a public address
             * @example vpc-0a1b2c3d
             */
            network_external_id?: string | null;
            /** @description The account that owns the network */
            network_owner?: string;
            /**
             * @description The cloud's id of its subnet; null for a public address
             * @example subnet-0a1b2c3d
             */
            subnet_external_id?: string | null;
            /**
             * @description The region that it is in
             * @example eu-central-1
             */
            region: string;
            /**
             * @description The name that it has in the cloud; may be empty
             * @example payments
             */
            name: string;
            /**
             * @description What has it: an instance, a load balancer; null for nothing
             * @example i-0a1b2c3d4e5f67890
             */
            attached_to?: string | null;
            /**
             * Format: cidr
             * @description The address, or the block: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.17/32
             */
            cidr: string;
        };
        ScopeSnapshot: {
            /** @description The cloud */
            provider: components["schemas"]["Provider"];
            /**
             * @description The cloud's own id of the account or project
             * @example 111122223333
             */
            account: string;
            /** @description The name of the account, for people */
            account_name?: string;
            /** @description The account was named by hand, and nothing has shown that there is one: its failure makes no account (404 account_not_found) */
            account_unproven?: boolean;
            /**
             * @description The region that was listed; at GCP `global` for networks
             * @example eu-central-1
             */
            region: string;
            /** @description How much of it the listing has; only what is `complete` tells what is gone */
            coverage: components["schemas"]["Coverage"];
            /** @description Why it is not complete; null when it is */
            error?: components["schemas"]["ScopeError"] | null;
            /**
             * Format: date-time
             * @description When the listing began; of two of a scope the later one counts
             * @example 2026-01-31T12:00:00Z
             */
            collected_at: string;
            /** @description The place of this in a listing that comes in parts of one run_id, account and region, in any order, each with the networks and resources that no other has. Those before the last are kept for a day (202); the last one applies all as one listing, with its own coverage, or is refused. */
            part?: components["schemas"]["ListingPart"];
            /** @description Its networks */
            networks: components["schemas"]["SeenNetwork"][];
            /** @description Its resources */
            resources: components["schemas"]["SeenResource"][];
            /** @description How far interfaces and their addresses were listed, whatever became of networks and subnets; left out where nobody asked for them */
            interfaces?: components["schemas"]["SeenInterfaces"];
            /** @description The addresses of its interfaces */
            addresses?: components["schemas"]["SeenAddress"][];
        };
        Snapshot: {
            /**
             * Format: int64
             * @description The form of this body. A server of an earlier version refuses a later form with 422 `snapshot_too_new`, and must be updated before its collectors
             * @default 1
             */
            format?: number;
            /**
             * Format: uuid
             * @description A UUID of the run
             * @example 0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4
             */
            run_id: string;
            /** @description Who delivers */
            collector: components["schemas"]["Collector"];
            /** @description The scopes that were listed, each applied or refused by itself */
            scopes: components["schemas"]["ScopeSnapshot"][];
        };
        RefusedScope: {
            /**
             * @description The cloud's own id of the account
             * @example 111122223333
             */
            account: string;
            /**
             * @description The region
             * @example eu-central-1
             */
            region: string;
            /**
             * @description Why, for programs
             * @example stale_snapshot
             */
            code: string;
            /**
             * @description Why, and what to do, for people
             * @example A newer listing of this scope was applied already.
             */
            detail: string;
        };
        ScopeResult: {
            /**
             * Format: int64
             * @description Pools created, or linked to a resource for the first time
             */
            imported: number;
            /**
             * Format: int64
             * @description Resources that changed
             */
            updated: number;
            /**
             * Format: int64
             * @description Resources that a complete listing was without
             */
            orphaned: number;
            /**
             * Format: int64
             * @description Resources that are as they were
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Resources that overlap another network's space
             */
            conflicts: number;
            /**
             * @description The cloud's own id of the account
             * @example 111122223333
             */
            account: string;
            /**
             * @description The region
             * @example eu-central-1
             */
            region: string;
        };
        DiscoveryResult: {
            /**
             * Format: int64
             * @description Pools created, or linked to a resource for the first time
             */
            imported: number;
            /**
             * Format: int64
             * @description Resources that changed
             */
            updated: number;
            /**
             * Format: int64
             * @description Resources that a complete listing was without
             */
            orphaned: number;
            /**
             * Format: int64
             * @description Resources that are as they were
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Resources that overlap another network's space
             */
            conflicts: number;
            /** @description Scopes that were refused */
            errors: components["schemas"]["RefusedScope"][];
            /** @description Scopes that were applied */
            scopes: components["schemas"]["ScopeResult"][];
        };
        /**
         * @description `queued` waits for an agent, `running` has one; the others have ended
         * @enum {string}
         */
        JobStatus: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
        JobCounts: {
            /**
             * Format: int64
             * @description Scopes that were asked for
             */
            scopes: number;
            /**
             * Format: int64
             * @description Scopes that were listed completely
             */
            complete: number;
            /**
             * Format: int64
             * @description Scopes that were listed in part
             */
            partial: number;
            /**
             * Format: int64
             * @description Scopes that could not be listed
             */
            failed: number;
            /**
             * Format: int64
             * @description Pools created, or linked to a resource
             */
            imported: number;
            /**
             * Format: int64
             * @description Resources that changed
             */
            updated: number;
            /**
             * Format: int64
             * @description Resources that a complete listing was without
             */
            orphaned: number;
            /**
             * Format: int64
             * @description Resources that are as they were
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Resources that overlap another network's space
             */
            conflicts: number;
        };
        Job: {
            /**
             * Format: int64
             * @description The id
             * @example 31
             */
            id: number;
            /**
             * Format: int64
             * @description The account that is discovered
             * @example 7
             */
            account_id: number;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key: string;
            /** @description `queued` waits for an agent, `running` has one; the others have ended */
            status: components["schemas"]["JobStatus"];
            /**
             * @description Name of who asked first
             * @example Ada
             */
            requested_by: string;
            /**
             * Format: date-time
             * @description When it was asked for
             * @example 2026-01-31T12:00:00Z
             */
            requested_at: string;
            /**
             * Format: date-time
             * @description When an agent began; null before
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it ended; null before
             */
            finished_at: string | null;
            /** @description The instance of the agent that has, or had, it */
            agent: string | null;
            /**
             * Format: int64
             * @description How often an agent took it
             */
            attempt: number;
            /**
             * Format: int64
             * @description Scopes that are done
             */
            scopes_done: number;
            /**
             * Format: int64
             * @description Scopes in all; null until known
             */
            scopes_total: number | null;
            /**
             * @description What the agent does
             * @example listing eu-central-1
             */
            message: string;
            /** @description Why it failed; null when it did not */
            error: string | null;
            /** @description What became of it; null before the end */
            counts: components["schemas"]["JobCounts"] | null;
        };
        RegionCoverage: {
            /**
             * @description The region; at GCP `global` for networks
             * @example eu-central-1
             */
            region: string;
            /** @description How much of it the last listing has */
            coverage: components["schemas"]["Coverage"];
            /**
             * Format: date-time
             * @description When the last listing began; null before the first
             */
            collected_at: string | null;
            /**
             * Format: date-time
             * @description When the last complete listing began; null before the first
             */
            complete_at: string | null;
            /** @description The cloud's own error code; null for none */
            error_code: string | null;
            /** @description The cloud's own error; null for none */
            error_msg: string | null;
            /** @description How far its interfaces were listed the last time; `off`: nobody asked for them */
            interfaces: components["schemas"]["InterfaceCoverage"];
            /**
             * Format: date-time
             * @description When the last listing with all interfaces began; null before the first
             */
            interfaces_complete_at: string | null;
            /** @description The cloud's own error about interfaces, with its code; null for none */
            interfaces_error: string | null;
            /** @description Why it is overdue; null when it is not */
            unseen: string | null;
            /**
             * Format: int64
             * @description Its VPCs and networks
             */
            vpc_count: number;
            /**
             * Format: int64
             * @description Its subnets
             */
            subnet_count: number;
        };
        DiscoveryState: {
            /**
             * Format: int64
             * @description The account
             * @example 7
             */
            account_id: number;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key: string;
            /**
             * @description The name of the account
             * @example Payments production
             */
            account_name: string;
            /** @description The cloud */
            provider: components["schemas"]["Provider"];
            /**
             * Format: date-time
             * @description When the last listing of any of its regions began; null before the first
             */
            last_run_at: string | null;
            /** @description The worst of its regions; one that is overdue counts as `partial` */
            status: components["schemas"]["Coverage"];
            /** @description What happens to its new resources */
            policy: components["schemas"]["DiscoveryPolicy"];
            /** @description What of it is overdue; null for nothing */
            unseen: string | null;
            /** @description Its open job; null for none */
            job: components["schemas"]["Job"] | null;
            /**
             * Format: int64
             * @description Its VPCs and networks
             */
            vpc_count: number;
            /**
             * Format: int64
             * @description Its subnets
             */
            subnet_count: number;
            /** @description The error of one of its regions; null for none */
            error_msg: string | null;
            /** @description Region by region */
            coverage: components["schemas"]["RegionCoverage"][];
        };
        FindingCounts: {
            /**
             * Format: int64
             * @description Resources that overlap another network's addresses
             */
            overlap: number;
            /**
             * Format: int64
             * @description Resources that go against the plan
             */
            conflict: number;
            /**
             * Format: int64
             * @description Resources of which the cloud says something else than the pool
             */
            drift: number;
            /**
             * Format: int64
             * @description Resources that are gone, and still have a pool
             */
            orphan: number;
            /**
             * Format: int64
             * @description Resources without a pool
             */
            unmanaged: number;
            /**
             * Format: int64
             * @description Resources that break rules of the pool above them
             */
            compliance: number;
            /**
             * Format: int64
             * @description Regions that are not listed any more
             */
            unseen: number;
            /**
             * Format: int64
             * @description Pools into which a block of their usual length soon no longer fits
             */
            exhausts_soon: number;
            /**
             * Format: int64
             * @description Pools and addresses whose lease ends soon, or is over and they are not freed
             */
            lease_ends: number;
            /**
             * Format: int64
             * @description Address records that nothing in the cloud has the address of
             */
            stale_address: number;
            /**
             * Format: int64
             * @description Addresses in use without a record, in subnets whose addresses have records
             */
            unknown_address: number;
            /**
             * Format: int64
             * @description Webhooks that the server has paused; 0 for whoever may not manage webhooks
             */
            webhook_paused: number;
        };
        DiscoveryStatus: {
            /** @description The entries of this page */
            items: components["schemas"]["DiscoveryState"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description Open findings by type */
            findings: components["schemas"]["FindingCounts"];
            /** @description What happens to new resources of accounts without a policy of their own */
            policy: components["schemas"]["DiscoveryPolicy"];
            /**
             * Format: int64
             * @description Seconds between two discoveries of accounts without an interval; 0: never
             */
            interval_seconds: number;
        };
        /** @enum {string} */
        Management: "managed" | "unmanaged" | "ignored" | "pending";
        /** @enum {string} */
        OverlapStatus: "overlapping" | "nonoverlapping" | "ignored";
        /** @enum {string} */
        FindingFilter: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "any";
        Dismissal: {
            /**
             * @description Why
             * @example CHG-1234
             */
            reason: string;
            /**
             * @description Who ignored it
             * @example Ada
             */
            by: string;
            /**
             * Format: date-time
             * @description When it comes back; null: never
             */
            until: string | null;
        };
        /**
         * @description Where the hardware of its zone stands
         * @enum {string}
         */
        ZonePlacement: "region" | "local_zone" | "wavelength_zone" | "outpost";
        Resource: {
            /**
             * Format: int64
             * @description The account that owns it
             * @example 7
             */
            account_id: number;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key: string;
            /** @description The cloud */
            provider: components["schemas"]["Provider"];
            /**
             * @description The region; at GCP `global` for networks
             * @example eu-central-1
             */
            region: string;
            /**
             * Format: int64
             * @description The id
             * @example 1201
             */
            id: number;
            /**
             * Format: int64
             * @description The network that it is of
             * @example 18
             */
            network_id: number;
            /**
             * @description The cloud's id of the network
             * @example vpc-0a1b2c3d
             */
            network_external_id: string;
            /**
             * Format: int64
             * @description The VRF that its addresses are judged in
             * @example 1
             */
            vrf_id: number;
            /**
             * @description Its zone; null for none
             * @example euc1-az2
             */
            zone_id: string | null;
            /** @description What it is */
            kind: components["schemas"]["ResourceKind"];
            /**
             * @description The cloud's id
             * @example subnet-0a1b2c3d
             */
            external_id: string;
            /**
             * @description The name that it has in the cloud
             * @example payments-a
             */
            name: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/24
             */
            cidr: string;
            /**
             * Format: int64
             * @description Host addresses of it that the cloud said are free when it was last listed; null where it said nothing
             * @example 211
             */
            free_hosts: number | null;
            /**
             * @description The cloud's tags or labels
             * @example {
             *       "team": "payments"
             *     }
             */
            tags: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The pool that stands for it; null for none
             */
            pool_id: number | null;
            /** @description Whether a pool stands for it */
            management: components["schemas"]["Management"];
            /**
             * @description Why, for people
             * @example its pool was made by discovery
             */
            management_reason: string;
            /** @description Whether others use its addresses too */
            overlap_status: components["schemas"]["OverlapStatus"];
            /**
             * @description Why, for people
             * @example overlaps no other network
             */
            overlap_reason: string;
            /** @description Whether pool and cloud say the same */
            sync_status: components["schemas"]["SyncStatus"];
            /**
             * @description Why, for people
             * @example pool and cloud say the same
             */
            sync_reason: string;
            /**
             * Format: date-time
             * @description When a complete listing was first without it; null while it is there
             */
            orphaned_at: string | null;
            /**
             * @description The AWS Outpost that it is on; null for none
             * @example op-0a1b2c3d
             */
            outpost: string | null;
            /** @description Where the hardware of its zone stands */
            placement: components["schemas"]["ZonePlacement"];
            /**
             * @description How it goes against the plan; empty when it does not
             * @example
             */
            conflict: string;
            /**
             * @description Which rules of the pool above it are broken; empty for none
             * @example
             */
            compliance: string;
            /** @description Findings of it that are ignored, by type */
            ignored: {
                [key: string]: components["schemas"]["Dismissal"];
            };
            /**
             * Format: int64
             * @description The resource of the same network whose overlap explains its own; null for none
             */
            explained_by: number | null;
            /**
             * Format: date-time
             * @description When it was first listed
             * @example 2026-01-31T12:00:00Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When it was last listed; where it is not orphaned, at least as late as the last complete listing
             * @example 2026-01-31T12:00:00Z
             */
            last_seen_at: string;
        };
        ResourceList: {
            /** @description The entries of this page */
            items: components["schemas"]["Resource"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        /** @enum {string} */
        FindingType: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "unseen" | "exhausts_soon" | "lease_ends" | "stale_address" | "unknown_address" | "webhook_paused";
        /** @enum {string} */
        FindingStatus: "open" | "ignored";
        /**
         * @description How much findings of its type matter: what breaks networks or plans is `critical`, what should be put right a `warning`, the rest `info`
         * @enum {string}
         */
        FindingSeverity: "critical" | "warning" | "info";
        SpaceLease: {
            /**
             * Format: int64
             * @description The pool; null for an address
             * @example 42
             */
            pool_id: number | null;
            /**
             * Format: int64
             * @description The address record; null for a pool
             * @example 7
             */
            address_id: number | null;
            /**
             * @description Its name; may be empty
             * @example lab
             */
            name: string;
            /**
             * @description Its CIDR, or the address
             * @example 10.20.0.0/24
             */
            place: string;
            /**
             * Format: date-time
             * @description When its lease ends
             * @example 2026-01-31T12:00:00Z
             */
            expires_at: string;
        };
        AddressFinding: {
            /**
             * Format: ip
             * @description The address
             * @example 10.20.1.7
             */
            address: string;
            /**
             * Format: int64
             * @description Its VRF
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: int64
             * @description The record; null where there is none: that is what is wrong
             * @example 7
             */
            address_id: number | null;
            /**
             * @description Its name, or that of the interface; may be empty
             * @example db-1
             */
            name: string;
            /**
             * @description The cloud id of what has it; null for a record that nothing has the address of
             * @example eni-0a1b2c3d
             */
            external_id: string | null;
            /**
             * Format: date-time
             * @description When a complete listing of interfaces was first so
             * @example 2026-01-31T12:00:00Z
             */
            since: string;
        };
        PausedWebhook: {
            /**
             * Format: int64
             * @description The webhook
             * @example 3
             */
            webhook_id: number;
            /**
             * @description Its name
             * @example chat-ops
             */
            name: string;
        };
        Finding: {
            /**
             * @description The type and what it is of: it stays the same as long as the finding
             * @example overlap:1201
             */
            id: string;
            /** @description What is wrong; `unseen`: a region is not listed any more; `exhausts_soon`: soon nothing fits into a pool; `lease_ends`: the lease of a pool or an address ends soon, or is over and something is in the way of freeing it; `stale_address`: a record whose address nothing in the cloud has; `unknown_address`: an address in use without a record, where others have one; `webhook_paused`: a webhook that is told nothing any more, as nobody takes what it sends */
            type: components["schemas"]["FindingType"];
            /** @description How much findings of its type matter: what breaks networks or plans is `critical`, what should be put right a `warning`, the rest `info` */
            severity: components["schemas"]["FindingSeverity"];
            /** @description Whether somebody ignores it */
            status: components["schemas"]["FindingStatus"];
            /**
             * @description Why, for people
             * @example overlaps 10.20.0.0/16 of network vpc-0a1b2c3d
             */
            reason: string;
            /** @description Who ignores it, and why; null while it is open */
            ignored: components["schemas"]["Dismissal"] | null;
            /**
             * Format: int64
             * @description The account that it is of; null for what has none
             * @example 7
             */
            account_id: number | null;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key: string | null;
            /**
             * @description The region that it is of; null for what has none
             * @example eu-central-1
             */
            region: string | null;
            /** @description The resource that it is of; null for those of something else */
            resource: components["schemas"]["Resource"] | null;
            /** @description The pool that it is of, and when it ends; of `exhausts_soon` alone */
            pool: components["schemas"]["PoolForecast"] | null;
            /** @description What has the lease, and when it ends; of `lease_ends` alone */
            lease: components["schemas"]["SpaceLease"] | null;
            /** @description The address; of `stale_address` and `unknown_address` alone */
            address: components["schemas"]["AddressFinding"] | null;
            /** @description The webhook; of `webhook_paused` alone */
            webhook: components["schemas"]["PausedWebhook"] | null;
        };
        FindingList: {
            /** @description The entries of this page */
            items: components["schemas"]["Finding"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        Network: {
            /**
             * Format: int64
             * @description The account that owns it
             * @example 7
             */
            account_id: number;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key: string;
            /** @description The cloud */
            provider: components["schemas"]["Provider"];
            /**
             * @description The region; at GCP `global` for networks
             * @example eu-central-1
             */
            region: string;
            /**
             * Format: int64
             * @description The id
             * @example 18
             */
            id: number;
            /**
             * @description The cloud's id
             * @example vpc-0a1b2c3d
             */
            external_id: string;
            /**
             * @description The name that it has in the cloud
             * @example payments
             */
            name: string;
            /** @description Whether the cloud made it by itself */
            is_default: boolean;
            /**
             * Format: int64
             * @description The VRF that its addresses are judged in
             * @example 1
             */
            vrf_id: number;
            /**
             * Format: date-time
             * @description When it was first listed
             * @example 2026-01-31T12:00:00Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When it was last listed
             * @example 2026-01-31T12:00:00Z
             */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description When a complete listing was first without it; null while it is there
             */
            gone_at: string | null;
        };
        NetworkList: {
            /** @description The entries of this page */
            items: components["schemas"]["Network"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        Isolate: {
            /**
             * Format: int64
             * @description An existing VRF
             */
            vrf_id?: number;
            /**
             * @description The name of a new VRF
             * @example payments-lab
             */
            vrf_name?: string;
        };
        Isolation: {
            /** @description The network as it is now */
            network: components["schemas"]["Network"];
            /**
             * Format: int64
             * @description Pools that went along
             */
            moved_pools: number;
            /**
             * Format: int64
             * @description Resources that got a pool in the VRF
             */
            imported: number;
            /**
             * Format: int64
             * @description Resources that overlap there too
             */
            conflicts: number;
        };
        /**
         * @description Only findings of these types; all that the resource has when left out
         * @enum {string}
         */
        ResourceFindingType: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance";
        /**
         * @description `import` and `approve` give a resource its pool, `reject` keeps it out; `ignore` hides findings, `restore` shows them again; `adopt` gives a drifted pool the cloud's value; `release` frees an orphan's space
         * @enum {string}
         */
        Decision: "import" | "approve" | "reject" | "ignore" | "restore" | "adopt" | "release";
        DecisionRequest: {
            /** @description Only findings of these types; all that the resource has when left out */
            findings?: components["schemas"]["ResourceFindingType"][];
            /** @description Why; it goes into the audit entry */
            reason?: string;
            /**
             * Format: date-time
             * @description When the findings come back; never when it is null or left out
             */
            until?: string | null;
            /**
             * @description `import` and `approve` give a resource its pool, `reject` keeps it out; `ignore` hides findings, `restore` shows them again; `adopt` gives a drifted pool the cloud's value; `release` frees an orphan's space
             * @example release
             */
            decision: components["schemas"]["Decision"];
            /**
             * @description The resources
             * @example [
             *       1201,
             *       1202
             *     ]
             */
            resource_ids: number[];
        };
        /**
         * @description Whether it was done
         * @enum {string}
         */
        DecisionOutcome: "done" | "refused";
        DecisionResult: {
            /**
             * Format: int64
             * @description The resource
             * @example 1201
             */
            resource_id: number;
            /** @description Whether it was done */
            status: components["schemas"]["DecisionOutcome"];
            /** @description The resource as it is now; null when it is gone with its pool */
            resource?: components["schemas"]["Resource"] | null;
            /** @description Why it was refused */
            problem?: components["schemas"]["Problem"];
        };
        Decisions: {
            /**
             * Format: int64
             * @description For how many it was done
             */
            done: number;
            /**
             * Format: int64
             * @description For how many it was refused
             */
            refused: number;
            /** @description One for each id, in their order */
            results: components["schemas"]["DecisionResult"][];
        };
        PlainDecision: Record<string, never>;
        Ignore: {
            /** @description Only findings of these types; all that the resource has when left out */
            findings?: components["schemas"]["ResourceFindingType"][];
            /** @description Why; it goes into the audit entry */
            reason?: string;
            /**
             * Format: date-time
             * @description When the findings come back; never when it is null or left out
             */
            until?: string | null;
        };
        Restore: {
            /** @description Only findings of these types; all that the resource has when left out */
            findings?: components["schemas"]["ResourceFindingType"][];
        };
        Trigger: {
            /**
             * Format: int64
             * @description The account to discover
             * @example 7
             */
            account_id: number;
        };
        JobList: {
            /** @description The entries of this page */
            items: components["schemas"]["Job"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description `offline` after three heartbeats that did not come
         * @enum {string}
         */
        AgentStatus: "online" | "offline";
        Agent: {
            /**
             * Format: uuid
             * @description A UUID that the agent makes when it starts
             * @example 0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4
             */
            instance: string;
            /**
             * @description For people
             * @example collector-berlin
             */
            name: string;
            /**
             * @description The version of the collector
             * @example 0.1.0
             */
            version: string;
            /** @description The providers that it can list */
            providers: components["schemas"]["Provider"][];
            /**
             * @description Keys of the accounts that it can list, as far as its token lets it
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[];
            /**
             * Format: int64
             * @description Seconds between two discoveries of its own; null: it waits to be asked
             */
            interval_seconds: number | null;
            /** @description `offline` after three heartbeats that did not come */
            status: components["schemas"]["AgentStatus"];
            /**
             * Format: date-time
             * @description When its first heartbeat came
             * @example 2026-01-31T12:00:00Z
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description When its last heartbeat came
             * @example 2026-01-31T12:00:00Z
             */
            last_seen_at: string;
            /**
             * Format: int64
             * @description The job that it does; null for none
             */
            job: number | null;
        };
        AgentList: {
            /** @description The entries of this page */
            items: components["schemas"]["Agent"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        Heartbeat: {
            /**
             * Format: uuid
             * @description A UUID that the agent makes when it starts
             * @example 0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4
             */
            instance: string;
            /**
             * @description For people
             * @example collector-berlin
             */
            name: string;
            /**
             * @description The version of the collector
             * @example 0.1.0
             */
            version: string;
            /** @description The providers that it can list */
            providers: components["schemas"]["Provider"][];
            /**
             * @description Keys of the accounts that it can list
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[];
            /**
             * Format: int64
             * @description Seconds between two discoveries of its own; null: it waits to be asked
             */
            interval_seconds: number | null;
        };
        HeartbeatAnswer: {
            /**
             * Format: int64
             * @description Seconds after which a job without a report goes to another agent
             */
            lease_seconds: number;
            /**
             * Format: int64
             * @description Seconds from one heartbeat to the next
             */
            heartbeat_seconds: number;
        };
        Schedule: {
            /**
             * Format: uuid
             * @description A UUID that the agent makes when it starts
             * @example 0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4
             */
            instance: string;
            /**
             * @description Keys of the accounts
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[];
            /**
             * @description Of the accounts, those that were named by hand and could not be entered: they are not made
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            unproven?: string[];
            /**
             * Format: int64
             * @description Only those whose last discovery ended so many seconds ago
             */
            older_than_seconds: number;
        };
        Queued: {
            /**
             * Format: int64
             * @description How many jobs were queued
             */
            queued: number;
        };
        ClaimRequest: {
            /**
             * Format: uuid
             * @description A UUID that the agent makes when it starts
             * @example 0b6f5c1e-8d5f-4c55-9a51-6a4c3a1de0a4
             */
            instance: string;
            /**
             * Format: int64
             * @description For how many seconds the answer may wait for a job
             * @default 0
             */
            wait_seconds?: number;
        };
        ClaimedJob: {
            /**
             * Format: int64
             * @description The id of the job
             * @example 31
             */
            id: number;
            /**
             * @description The key of the account to discover
             * @example aws:111122223333
             */
            account: string;
            /**
             * @description What proves that the agent has the job; new with every claim
             * @example 3f0c8a52-6d1e-4b7a-9c55-0e2f7a9b1d44
             */
            lease: string;
            /**
             * Format: date-time
             * @description When the job goes to another agent, without a report before
             * @example 2026-01-31T12:00:00Z
             */
            lease_expires_at: string;
            /**
             * Format: date-time
             * @description When the job was asked for
             * @example 2026-01-31T12:00:00Z
             */
            requested_at: string;
            /**
             * Format: int64
             * @description How often an agent took it, with this time
             */
            attempt: number;
        };
        Claim: {
            /** @description The job; null when there is none for it */
            job: components["schemas"]["ClaimedJob"] | null;
        };
        Progress: {
            /**
             * @description What proves that the agent has the job; new with every claim
             * @example 3f0c8a52-6d1e-4b7a-9c55-0e2f7a9b1d44
             */
            lease: string;
            /**
             * Format: int64
             * @description Scopes that are done
             */
            scopes_done: number;
            /**
             * Format: int64
             * @description Scopes in all; null until the agent knows
             */
            scopes_total: number | null;
            /**
             * @description What the agent does, for people
             * @example listing eu-central-1
             */
            message: string;
        };
        Lease: {
            /**
             * Format: date-time
             * @description When the job goes to another agent, without a report before
             * @example 2026-01-31T12:00:00Z
             */
            lease_expires_at: string;
        };
        /**
         * @description How it ended; `handed_back`: another agent is to do it
         * @enum {string}
         */
        JobEnd: "succeeded" | "partial" | "failed" | "handed_back";
        Finish: {
            /**
             * @description What proves that the agent has the job; new with every claim
             * @example 3f0c8a52-6d1e-4b7a-9c55-0e2f7a9b1d44
             */
            lease: string;
            /** @description How it ended; `handed_back`: another agent is to do it */
            status: components["schemas"]["JobEnd"];
            /** @description Why it failed; null when it did not */
            error: string | null;
            /** @description What became of it; null when nothing was counted */
            counts: components["schemas"]["JobCounts"] | null;
        };
        Finished: Record<string, never>;
        /** @enum {string} */
        SearchResultType: "pool" | "account" | "block" | "resource" | "address" | "range";
        /**
         * @description What the text was read as
         * @enum {string}
         */
        SearchQueryKind: "ip" | "cidr" | "range" | "tag" | "text";
        /**
         * @description Why it was found; `contains`: it contains what was asked for
         * @enum {string}
         */
        SearchMatch: "contains" | "equal" | "within" | "external_id" | "name" | "tag";
        SearchResult: {
            /**
             * @description What was found
             * @example pool
             */
            type: components["schemas"]["SearchResultType"];
            /**
             * Format: int64
             * @description Its id among those of its type
             * @example 42
             */
            id: number;
            /**
             * @description Its name
             * @example berlin-office
             */
            title: string;
            /**
             * @description What tells it from others of the name
             * @example eu-central-1
             */
            subtitle: string;
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.20.0.0/16
             */
            cidr?: string;
            /**
             * Format: ip
             * @description The first address of a range
             * @example 192.0.2.1
             */
            start_address?: string;
            /**
             * Format: ip
             * @description The last address of a range
             * @example 192.0.2.1
             */
            end_address?: string;
            /**
             * Format: int64
             * @description The pool that an address or a range lies in
             * @example 42
             */
            pool_id?: number;
            /**
             * Format: int64
             * @description The VRF that it lies in
             */
            vrf_id?: number;
            /**
             * @description The name of the VRF
             * @example production
             */
            vrf_name?: string;
            /**
             * Format: int64
             * @description The account that it belongs to, or is
             */
            account_id?: number;
            /**
             * @description The key of the account
             * @example aws:111122223333
             */
            account_key?: string;
            /** @description The pool that was found */
            pool?: components["schemas"]["Pool"];
            /** @description The account that was found */
            account?: components["schemas"]["Account"];
            /**
             * @description Why it was found; `contains`: it contains what was asked for
             * @example contains
             */
            match: components["schemas"]["SearchMatch"];
        };
        SearchAnswer: {
            /**
             * @description What the text was read as
             * @example ip
             */
            query_kind: components["schemas"]["SearchQueryKind"];
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
            /** @description The best, up to `limit` */
            items: components["schemas"]["SearchResult"][];
            /**
             * @deprecated
             * @description The same as `items`, for one release more
             */
            results: components["schemas"]["SearchResult"][];
            /**
             * Format: int64
             * @description All that was found, also beyond `limit`
             */
            total: number;
            /** @description Whether there is more than was counted */
            total_is_estimate: boolean;
            /** @description Where the next results begin, for `cursor`; null with the last ones */
            next_cursor: string | null;
        };
        /** @enum {string} */
        ImportFormat: "auto" | "cloudpam" | "netbox" | "netbox_export" | "netbox_api" | "phpipam" | "infoblox" | "aws_ipam" | "spreadsheet";
        /** @enum {string} */
        ImportMode: "all" | "partial";
        /** @enum {string} */
        ImportFix: "canonical";
        /**
         * @description What the files were read as; `several` where they differ
         * @enum {string}
         */
        ReadFormats: "cloudpam" | "netbox" | "netbox_export" | "netbox_api" | "phpipam" | "infoblox" | "aws_ipam" | "spreadsheet" | "several";
        /**
         * @description What it was read as
         * @enum {string}
         */
        ReadFormat: "cloudpam" | "netbox" | "netbox_export" | "netbox_api" | "phpipam" | "infoblox" | "aws_ipam" | "spreadsheet";
        /**
         * @description What its rows become; null for what is not kept
         * @enum {string}
         */
        ImportEntity: "account" | "vrf" | "vlan_group" | "vlan" | "pool" | "range" | "address";
        ImportTable: {
            /**
             * @description The file, of a ZIP with the name in it
             * @example prefixes.csv
             */
            file: string;
            /** @description What it was read as */
            format: components["schemas"]["ReadFormat"];
            /**
             * @description Why
             * @example Its columns are those of an export of prefixes from NetBox.
             */
            because: string;
            /** @description What its rows become; null for what is not kept */
            entity: components["schemas"]["ImportEntity"] | null;
            /**
             * @description How its characters are written
             * @example utf-8
             */
            encoding: string;
            /**
             * @description What stands between cells; null for JSON
             * @example ,
             */
            delimiter: string | null;
            /**
             * Format: int64
             * @description The line of its header, from 1
             * @example 1
             */
            header_line: number | null;
            /**
             * @description Its columns
             * @example [
             *       "Prefix",
             *       "VRF"
             *     ]
             */
            columns: string[];
            /**
             * @description Fields that `columns` of a map can set for it; none of JSON
             * @example [
             *       "cidr",
             *       "vrf",
             *       "name"
             *     ]
             */
            fields: string[];
            /**
             * @description By field the column that says it
             * @example {
             *       "cidr": "Prefix",
             *       "vrf": "VRF"
             *     }
             */
            mapping: {
                [key: string]: string;
            };
            /**
             * @description Columns that mean nothing here
             * @example []
             */
            unknown: string[];
            /**
             * @description The first ten rows under the header
             * @example [
             *       [
             *         "10.0.0.0/8",
             *         "Global"
             *       ]
             *     ]
             */
            sample: string[][];
        };
        EntityCounts: {
            /**
             * Format: int64
             * @description Made
             * @example 1
             */
            create: number;
            /**
             * Format: int64
             * @description Changed
             */
            update: number;
            /**
             * Format: int64
             * @description As they are
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Not taken, for a reason that is no mistake
             */
            skip: number;
            /**
             * Format: int64
             * @description Wrong
             */
            error: number;
            /** @description The entity; null for what is not kept */
            entity: components["schemas"]["ImportEntity"] | null;
        };
        ImportSummary: {
            /**
             * Format: int64
             * @description Made
             * @example 1
             */
            create: number;
            /**
             * Format: int64
             * @description Changed
             */
            update: number;
            /**
             * Format: int64
             * @description As they are
             */
            unchanged: number;
            /**
             * Format: int64
             * @description Not taken, for a reason that is no mistake
             */
            skip: number;
            /**
             * Format: int64
             * @description Wrong
             */
            error: number;
            /** @description By entity, where there are rows */
            entities: components["schemas"]["EntityCounts"][];
        };
        /**
         * @description What is done with it
         * @enum {string}
         */
        ImportAction: "create" | "update" | "unchanged" | "skip" | "error";
        /**
         * @description Why it is skipped or wrong, for programs; `named_by_row` of a record that no row tells and this one names
         * @enum {string}
         */
        ImportRowCode: "missing_value" | "invalid_value" | "invalid_cidr" | "invalid_address" | "host_bits" | "invalid_prefix_length" | "refused_range" | "invalid_rules" | "unknown_word" | "duplicate_row" | "pool_overlap" | "range_taken" | "quarantined" | "address_reserved" | "address_in_use" | "cloud_owned" | "ambiguous_pool" | "ambiguous_vrf" | "ambiguous_vlan" | "ambiguous_account" | "vrf_taken" | "vid_outside_group" | "account_not_found" | "vlan_not_found" | "column_count" | "unreadable" | "not_kept" | "folder" | "free_space" | "same_as_another" | "no_data" | "named_by_row";
        ImportChange: {
            /**
             * @description The field
             * @example description
             */
            field: string;
            /** @description As it is; what is no text as JSON */
            before: string | null;
            /** @description As it will be */
            after: string | null;
        };
        ImportRow: {
            /**
             * Format: int64
             * @description Index of its table
             * @example 0
             */
            table: number;
            /**
             * @description Its file
             * @example prefixes.csv
             */
            file: string;
            /**
             * Format: int64
             * @description Its line, from 1; of JSON the number of the object
             * @example 2
             */
            line: number;
            /** @description The column that is wrong */
            column: string | null;
            /** @description What it becomes */
            entity: components["schemas"]["ImportEntity"] | null;
            /** @description What is done with it */
            action: components["schemas"]["ImportAction"];
            /** @description Why it is skipped or wrong, for programs; `named_by_row` of a record that no row tells and this one names */
            code: components["schemas"]["ImportRowCode"] | null;
            /** @description The same for people */
            detail: string | null;
            /**
             * @description How people know it: its CIDR, address or name
             * @example 10.0.0.0/8
             */
            label: string;
            /**
             * Format: int64
             * @description Of what it is or has become
             */
            id: number | null;
            /**
             * @description Of pools, ranges and addresses the name of the VRF
             * @example global
             */
            vrf: string | null;
            /**
             * Format: cidr
             * @description Of pools, and of addresses as a block of one: a canonical CIDR (RFC 4632, RFC 5952)
             * @example 10.0.0.0/8
             */
            cidr: string | null;
            /** @description What changes */
            changes: components["schemas"]["ImportChange"][] | null;
        };
        ImportResult: {
            /** @description What the files were read as; `several` where they differ */
            format: components["schemas"]["ReadFormats"];
            /**
             * @description The hash of the plan: another one when the files, or what is there, have changed
             * @example b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c
             */
            plan: string;
            /**
             * @description Whether it was done
             * @example true
             */
            applied: boolean;
            /** @description How each table was read */
            tables: components["schemas"]["ImportTable"][];
            /** @description How many rows have each action */
            summary: components["schemas"]["ImportSummary"];
            /** @description Rows in the order of the files */
            rows: components["schemas"]["ImportRow"][];
            /** @description For the rows that follow; null after the last one */
            next_cursor: string | null;
        };
        ImportMap: {
            /**
             * @description The name
             * @example branch offices
             */
            name: string;
            /**
             * @description What goes along with files: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` and `vrf`
             * @example {
             *       "columns": {
             *         "cidr": "Netz",
             *         "name": "Bezeichnung"
             *       },
             *       "vrf": "corp"
             *     }
             */
            map: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes
             * @example 1
             */
            version: number;
        };
        ImportMaps: {
            /** @description The entries of this page */
            items: components["schemas"]["ImportMap"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        ImportMapBody: {
            /**
             * @description What goes along with files: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` and `vrf`
             * @example {
             *       "columns": {
             *         "cidr": "Netz",
             *         "name": "Bezeichnung"
             *       },
             *       "vrf": "corp"
             *     }
             */
            map: {
                [key: string]: unknown;
            };
        };
        AuditList: {
            /** @description The entries of this page */
            items: components["schemas"]["AuditEntry"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /**
             * @deprecated
             * @description The same as `items`, for one release more
             */
            entries: components["schemas"]["AuditEntry"][];
            /** @description How `actor` was read, where that is not word for word */
            read_as: string | null;
        };
        /** @enum {string} */
        AuditFormat: "jsonl" | "csv";
        /**
         * @description The version of CloudEvents
         * @enum {string}
         */
        CloudEventVersion: "1.0";
        /**
         * @description The action, and the version of what its diff has
         * @enum {string}
         */
        CloudEventType: "org.cloudpam.pool.create.v1" | "org.cloudpam.pool.allocate.v1" | "org.cloudpam.pool.split.v1" | "org.cloudpam.pool.merge.v1" | "org.cloudpam.pool.import.v1" | "org.cloudpam.pool.update.v1" | "org.cloudpam.pool.move.v1" | "org.cloudpam.pool.link.v1" | "org.cloudpam.pool.replace.v1" | "org.cloudpam.pool.sync.v1" | "org.cloudpam.pool.orphan.v1" | "org.cloudpam.pool.adopt.v1" | "org.cloudpam.pool.delete.v1" | "org.cloudpam.address.create.v1" | "org.cloudpam.address.allocate.v1" | "org.cloudpam.address.update.v1" | "org.cloudpam.address.move.v1" | "org.cloudpam.address.delete.v1" | "org.cloudpam.range.create.v1" | "org.cloudpam.range.quarantine.v1" | "org.cloudpam.range.update.v1" | "org.cloudpam.range.move.v1" | "org.cloudpam.range.delete.v1" | "org.cloudpam.range.release.v1" | "org.cloudpam.account.create.v1" | "org.cloudpam.account.update.v1" | "org.cloudpam.account.delete.v1" | "org.cloudpam.vrf.create.v1" | "org.cloudpam.vrf.update.v1" | "org.cloudpam.vrf.delete.v1" | "org.cloudpam.vlan_group.create.v1" | "org.cloudpam.vlan_group.update.v1" | "org.cloudpam.vlan_group.delete.v1" | "org.cloudpam.vlan.create.v1" | "org.cloudpam.vlan.update.v1" | "org.cloudpam.vlan.delete.v1" | "org.cloudpam.resource.reject.v1" | "org.cloudpam.resource.ignore.v1" | "org.cloudpam.resource.restore.v1" | "org.cloudpam.resource.release.v1" | "org.cloudpam.network.isolate.v1" | "org.cloudpam.scope.inventory.v1" | "org.cloudpam.scope.addresses.v1" | "org.cloudpam.scope.interfaces.v1" | "org.cloudpam.scope.release_addresses.v1" | "org.cloudpam.scope.coverage.v1" | "org.cloudpam.job.request.v1" | "org.cloudpam.job.schedule.v1" | "org.cloudpam.job.cancel.v1" | "org.cloudpam.job.claim.v1" | "org.cloudpam.job.finish.v1" | "org.cloudpam.job.hand_back.v1" | "org.cloudpam.job.fail.v1" | "org.cloudpam.job.purge.v1" | "org.cloudpam.finding.open.v1" | "org.cloudpam.finding.close.v1" | "org.cloudpam.finding.begin.v1" | "org.cloudpam.lease.warning.v1" | "org.cloudpam.token.create.v1" | "org.cloudpam.token.rotate.v1" | "org.cloudpam.token.revoke.v1" | "org.cloudpam.user.create.v1" | "org.cloudpam.user.update.v1" | "org.cloudpam.user.log_in.v1" | "org.cloudpam.user.log_in_refused.v1" | "org.cloudpam.user.log_out.v1" | "org.cloudpam.user.end_sessions.v1" | "org.cloudpam.user.session_ended.v1" | "org.cloudpam.import_map.create.v1" | "org.cloudpam.import_map.update.v1" | "org.cloudpam.import_map.delete.v1" | "org.cloudpam.webhook.create.v1" | "org.cloudpam.webhook.update.v1" | "org.cloudpam.webhook.delete.v1" | "org.cloudpam.webhook.rotate.v1" | "org.cloudpam.webhook.encrypt.v1" | "org.cloudpam.webhook.pause.v1" | "org.cloudpam.webhook.resume.v1" | "org.cloudpam.webhook.test.v1" | "org.cloudpam.webhook.replay.v1" | "org.cloudpam.digest.create.v1" | "org.cloudpam.digest.update.v1" | "org.cloudpam.digest.delete.v1" | "org.cloudpam.digest.test.v1" | "org.cloudpam.digest.send.v1" | "org.cloudpam.digest.fail.v1";
        /**
         * @description What the data is
         * @enum {string}
         */
        CloudEventContentType: "application/json";
        CloudEventData: {
            /** @description Who did it */
            actor: components["schemas"]["Actor"];
            /**
             * @description What kind of thing was changed
             * @example pool
             */
            entity_type: components["schemas"]["EntityType"];
            /**
             * @description The id of what was changed
             * @example 42
             */
            entity_id: string;
            /**
             * @description The request that did it, as the log of the server names it
             * @example req-1a2b
             */
            request_id: string;
            /**
             * @description Why, as X-Change-Reason said; null where nobody said
             * @example CHG-1234
             */
            reason: string | null;
            /** @description Where it is after the change, or was before its end; null for what has no place, such as a token */
            place: components["schemas"]["EventPlace"] | null;
            /** @description Where it was before the change; null where that is the same place */
            former_place: components["schemas"]["EventPlace"] | null;
            /**
             * @description The changed fields as they were; null for a creation
             * @example {
             *       "name": "office"
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description The changed fields as they are now; null for a deletion
             * @example {
             *       "name": "berlin-office"
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
        };
        CloudEvent: {
            /**
             * @description The version of CloudEvents
             * @example 1.0
             */
            specversion: components["schemas"]["CloudEventVersion"];
            /**
             * @description The place in the log: the same however often it is told
             * @example 4711
             */
            id: string;
            /**
             * @description The server: its `PUBLIC_URL`, or `urn:cloudpam` without
             * @example https://ipam.example.com
             */
            source: string;
            /**
             * @description The action, and the version of what its diff has
             * @example org.cloudpam.pool.create.v1
             */
            type: components["schemas"]["CloudEventType"];
            /**
             * @description What it is about: a path below /api/v1, or the name of an entity and its id where there is none
             * @example pools/42
             */
            subject: string;
            /**
             * Format: date-time
             * @description When it was done
             * @example 2026-01-31T12:00:00Z
             */
            time: string;
            /**
             * @description The id with leading zeros: as text it sorts as the log does
             * @example 0000000000004711
             */
            sequence: string;
            /**
             * @description What the data is
             * @example application/json
             */
            datacontenttype: components["schemas"]["CloudEventContentType"];
            /** @description What was changed */
            data: components["schemas"]["CloudEventData"];
        };
        EventFilter: {
            /**
             * @description Any of these types, `pool.create`, or those that begin alike, `pool.*`
             * @example [
             *       "pool.*",
             *       "address.create"
             *     ]
             */
            types?: string[];
            /** @description In any of these VRFs, before or after */
            vrf_ids?: number[];
            /** @description Of any of these accounts, before or after */
            account_ids?: number[];
            /** @description At or below any of these pools, before or after; a pool counts where it lies, and where it lay when the event happened */
            pool_ids?: number[];
            /**
             * @description With any of these tags, `key` or `key:value`. A change tells tags only where they differ
             * @example [
             *       "env:prod"
             *     ]
             */
            tags?: string[];
            /**
             * @description With any of these severities among its facts; other events do not pass
             * @example [
             *       "critical"
             *     ]
             */
            severities?: components["schemas"]["FindingSeverity"][];
        };
        /**
         * @description `cloudevents`: CloudEvents 1.0 in JSON; `slack`, `teams`, `pagerduty`: what these take; `custom`: `text`
         * @enum {string}
         */
        TemplateKind: "cloudevents" | "slack" | "teams" | "pagerduty" | "custom";
        WebhookTemplate: {
            /**
             * @description `cloudevents`: CloudEvents 1.0 in JSON; `slack`, `teams`, `pagerduty`: what these take; `custom`: `text`
             * @example cloudevents
             */
            kind: components["schemas"]["TemplateKind"];
            /** @description Of `custom`: a Mustache template of JSON, without partials and unescaped values; left out otherwise */
            text?: string | null;
        };
        /**
         * @description `ok`, `retrying`: what failed is tried again; `paused`: nothing is told
         * @enum {string}
         */
        WebhookState: "ok" | "retrying" | "paused";
        Webhook: {
            /**
             * Format: int64
             * @description The id
             * @example 3
             */
            id: number;
            /**
             * @description The name
             * @example chat-ops
             */
            name: string;
            /**
             * @description Where events are posted to
             * @example https://hooks.example.com/cloudpam
             */
            url: string;
            /** @description What it is told of */
            filter: components["schemas"]["EventFilter"];
            /** @description What it is sent */
            template: components["schemas"]["WebhookTemplate"];
            /** @description An event waits until the one before it has arrived */
            ordered: boolean;
            /**
             * @description `ok`, `retrying`: what failed is tried again; `paused`: nothing is told
             * @example ok
             */
            state: components["schemas"]["WebhookState"];
            /**
             * @description What went wrong last; null where all is well
             * @example HTTP 503
             */
            failure: string | null;
            /**
             * Format: int64
             * @description The last event of the log that it has been told of, or passed over
             * @example 4711
             */
            seq: number;
            /**
             * Format: int64
             * @description Events that wait to be tried again
             * @example 0
             */
            waiting: number;
            /**
             * Format: date-time
             * @description When the first of them is tried; null where none waits
             */
            next_attempt_at: string | null;
            /**
             * Format: date-time
             * @description Until then the former secret signs too; null where it does not
             */
            former_secret_until: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes
             * @example 1
             */
            version: number;
        };
        Webhooks: {
            /** @description The entries of this page */
            items: components["schemas"]["Webhook"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        NewWebhookTemplate: {
            /**
             * @description `cloudevents`: CloudEvents 1.0 in JSON; `slack`, `teams`, `pagerduty`: what these take; `custom`: `text`
             * @example cloudevents
             */
            kind: components["schemas"]["TemplateKind"];
            /** @description Of `custom`: a Mustache template of JSON, without partials and unescaped values; left out otherwise */
            text?: string | null;
            /** @description Of `pagerduty`: the integration key. It is kept as a secret, and not told */
            routing_key?: string;
        };
        NewWebhook: {
            /**
             * @description The name; no other webhook has it
             * @example chat-ops
             */
            name: string;
            /**
             * @description Where events are posted to: http or https, without user and password
             * @example https://hooks.example.com/cloudpam
             */
            url: string;
            /** @description What it is told of; everything when left out */
            filter?: components["schemas"]["EventFilter"];
            /** @description What it is sent; CloudEvents when left out */
            template?: components["schemas"]["NewWebhookTemplate"];
            /**
             * @description An event waits until the one before it has arrived or is given up
             * @default true
             */
            ordered?: boolean;
        };
        WebhookWithSecret: {
            /**
             * Format: int64
             * @description The id
             * @example 3
             */
            id: number;
            /**
             * @description The name
             * @example chat-ops
             */
            name: string;
            /**
             * @description Where events are posted to
             * @example https://hooks.example.com/cloudpam
             */
            url: string;
            /** @description What it is told of */
            filter: components["schemas"]["EventFilter"];
            /** @description What it is sent */
            template: components["schemas"]["WebhookTemplate"];
            /** @description An event waits until the one before it has arrived */
            ordered: boolean;
            /**
             * @description `ok`, `retrying`: what failed is tried again; `paused`: nothing is told
             * @example ok
             */
            state: components["schemas"]["WebhookState"];
            /**
             * @description What went wrong last; null where all is well
             * @example HTTP 503
             */
            failure: string | null;
            /**
             * Format: int64
             * @description The last event of the log that it has been told of, or passed over
             * @example 4711
             */
            seq: number;
            /**
             * Format: int64
             * @description Events that wait to be tried again
             * @example 0
             */
            waiting: number;
            /**
             * Format: date-time
             * @description When the first of them is tried; null where none waits
             */
            next_attempt_at: string | null;
            /**
             * Format: date-time
             * @description Until then the former secret signs too; null where it does not
             */
            former_secret_until: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes
             * @example 1
             */
            version: number;
            /**
             * @description Signs what is sent (Standard Webhooks); null where it was told before
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string | null;
        };
        WebhookPreview: {
            /** @description What it is told of */
            filter?: components["schemas"]["EventFilter"];
            /** @description What it is sent */
            template?: components["schemas"]["NewWebhookTemplate"];
        };
        PreviewedEvent: {
            /** @description The newest of the last 5,000 events that passes; null for none */
            event: components["schemas"]["CloudEvent"] | null;
            /** @description The media type of the body */
            content_type: string | null;
            /** @description The body that would be sent; a routing key is left out */
            body: string | null;
        };
        WebhookPatch: {
            /**
             * @description The name; no other webhook has it
             * @example chat-ops
             */
            name?: string;
            /**
             * @description Where events are posted to: http or https, without user and password
             * @example https://hooks.example.com/cloudpam
             */
            url?: string;
            /** @description What it is told of; everything when left out */
            filter?: components["schemas"]["EventFilter"];
            /** @description What it is sent; CloudEvents when left out */
            template?: components["schemas"]["NewWebhookTemplate"];
            /**
             * @description An event waits until the one before it has arrived or is given up
             * @default true
             */
            ordered?: boolean;
        };
        DeliveryAttempt: {
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            at: string;
            /**
             * Format: int64
             * @description How long it took, in milliseconds
             * @example 42
             */
            ms: number;
            /**
             * Format: int64
             * @description The HTTP status of the answer; null where there was none
             * @example 204
             */
            http_status: number | null;
            /**
             * @description The first kilobyte of the answer
             * @example ok
             */
            answer: string | null;
            /**
             * @description Why it has failed; null where it has not
             * @example HTTP 503
             */
            error: string | null;
        };
        WebhookReplay: {
            /**
             * Format: int64
             * @description The first event
             */
            from_seq?: number;
            /**
             * Format: int64
             * @description The last event
             */
            to_seq?: number;
            /**
             * @description In place of a part: all that was given up
             * @example true
             */
            dead?: boolean;
        };
        /** @enum {string} */
        DeliveryStatus: "waiting" | "delivered" | "dead";
        WebhookDelivery: {
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            at: string;
            /**
             * Format: int64
             * @description How long it took, in milliseconds
             * @example 42
             */
            ms: number;
            /**
             * Format: int64
             * @description The HTTP status of the answer; null where there was none
             * @example 204
             */
            http_status: number | null;
            /**
             * @description The first kilobyte of the answer
             * @example ok
             */
            answer: string | null;
            /**
             * @description Why it has failed; null where it has not
             * @example HTTP 503
             */
            error: string | null;
            /**
             * Format: int64
             * @description The place of the event in the log, which is its id
             * @example 4711
             */
            seq: number;
            /**
             * @description The action of the audit trail
             * @example pool.create
             */
            type: string;
            /**
             * @description `waiting` to be tried again, `delivered`, or `dead`: given up
             * @example delivered
             */
            status: components["schemas"]["DeliveryStatus"];
            /**
             * Format: int64
             * @description Attempts that were made
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description When it is tried again; null where it is not
             */
            next_at: string | null;
            /**
             * Format: date-time
             * @description When it was given up; null where it was not
             */
            dead_at: string | null;
        };
        WebhookDeliveries: {
            /** @description The entries of this page */
            items: components["schemas"]["WebhookDelivery"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        /**
         * @description Each day, or on one day of the week
         * @enum {string}
         */
        DigestPeriod: "daily" | "weekly";
        DigestSchedule: {
            /**
             * @description Each day, or on one day of the week
             * @example weekly
             */
            every: components["schemas"]["DigestPeriod"];
            /**
             * Format: int64
             * @description Of `weekly`: the day, from 1, Monday, to 7, Sunday; left out otherwise
             * @example 1
             */
            weekday?: number | null;
            /**
             * Format: int64
             * @description The hour of the clock there
             * @example 7
             */
            hour: number;
            /**
             * @description Whose clock: a name of the IANA time zone database
             * @example Europe/Berlin
             */
            time_zone: string;
        };
        DigestFilter: {
            /** @description In any of these VRFs */
            vrf_ids?: number[];
            /** @description Of any of these accounts */
            account_ids?: number[];
            /** @description At or below any of these pools */
            pool_ids?: number[];
            /**
             * @description Of pools with any of these tags, `key` or `key:value`, and of what lies directly in them
             * @example [
             *       "env:prod"
             *     ]
             */
            tags?: string[];
        };
        /**
         * @description What it has
         * @enum {string}
         */
        DigestSection: "findings" | "leases" | "forecasts";
        Digest: {
            /**
             * Format: int64
             * @description The id
             * @example 3
             */
            id: number;
            /**
             * @description The name
             * @example network-weekly
             */
            name: string;
            /**
             * @description Whom it is sent to
             * @example [
             *       "net-team@example.com"
             *     ]
             */
            recipients: string[];
            /** @description When it is sent */
            schedule: components["schemas"]["DigestSchedule"];
            /** @description What it tells of */
            filter: components["schemas"]["DigestFilter"];
            /** @description Findings of this severity and above; null: of all */
            severity: components["schemas"]["FindingSeverity"] | null;
            /**
             * @description What it has
             * @example [
             *       "findings",
             *       "leases",
             *       "forecasts"
             *     ]
             */
            sections: components["schemas"]["DigestSection"][];
            /** @description Whether it is sent also when there is nothing new to tell */
            send_empty: boolean;
            /** @description Whether it is sent */
            enabled: boolean;
            /** @description Whether the server has `SMTP_URL`, without which nothing is sent */
            mail_set_up: boolean;
            /**
             * Format: date-time
             * @description When it is sent, or tried again; null where it is not enabled
             */
            next_at: string | null;
            /**
             * Format: date-time
             * @description When it was last sent; null: never
             */
            last_sent_at: string | null;
            /**
             * @description What went wrong last; null where all is well
             * @example 421 try again later
             */
            last_error: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             * @example 2026-01-31T12:00:00Z
             */
            updated_at: string;
            /**
             * Format: int64
             * @description Counts the changes
             * @example 1
             */
            version: number;
        };
        Digests: {
            /** @description The entries of this page */
            items: components["schemas"]["Digest"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description Whether the server has `SMTP_URL`, without which nothing is sent */
            mail_set_up: boolean;
        };
        NewDigest: {
            /**
             * @description The name; no other digest has it
             * @example network-weekly
             */
            name: string;
            /**
             * @description Whom it is sent to: e-mail addresses, none twice. They do not see each other
             * @example [
             *       "net-team@example.com"
             *     ]
             */
            recipients: string[];
            /** @description When it is sent */
            schedule: components["schemas"]["DigestSchedule"];
            /** @description What it tells of; everything when left out */
            filter?: components["schemas"]["DigestFilter"];
            /** @description Findings of this severity and above; of all when left out or null */
            severity?: components["schemas"]["FindingSeverity"] | null;
            /**
             * @description What it has; everything when left out
             * @example [
             *       "findings",
             *       "leases",
             *       "forecasts"
             *     ]
             */
            sections?: components["schemas"]["DigestSection"][];
            /**
             * @description Send it also when there is nothing new to tell
             * @default false
             */
            send_empty?: boolean;
            /**
             * @description Whether it is sent
             * @default true
             */
            enabled?: boolean;
        };
        DigestPatch: {
            /**
             * @description The name; no other digest has it
             * @example network-weekly
             */
            name?: string;
            /**
             * @description Whom it is sent to: e-mail addresses, none twice. They do not see each other
             * @example [
             *       "net-team@example.com"
             *     ]
             */
            recipients?: string[];
            /** @description When it is sent */
            schedule?: components["schemas"]["DigestSchedule"];
            /** @description What it tells of; everything when left out */
            filter?: components["schemas"]["DigestFilter"];
            /** @description Findings of this severity and above; of all when left out or null */
            severity?: components["schemas"]["FindingSeverity"] | null;
            /**
             * @description What it has; everything when left out
             * @example [
             *       "findings",
             *       "leases",
             *       "forecasts"
             *     ]
             */
            sections?: components["schemas"]["DigestSection"][];
            /**
             * @description Send it also when there is nothing new to tell
             * @default false
             */
            send_empty?: boolean;
            /**
             * @description Whether it is sent
             * @default true
             */
            enabled?: boolean;
        };
        DigestPreview: {
            /**
             * @description The subject
             * @example CloudPAM network-weekly: 2 new findings
             */
            subject: string;
            /**
             * @description The plain text
             * @example network-weekly ...
             */
            text: string;
            /**
             * @description The HTML
             * @example <!doctype html> ...
             */
            html: string;
        };
        DigestTest: {
            /** @description Whether the mail server has taken it for anybody */
            sent: boolean;
            /**
             * @description The recipients whom the mail server has refused, each with its answer
             * @example []
             */
            refused: string[];
            /**
             * @description Why it was not sent; null where it was
             * @example null
             */
            error: string | null;
        };
        /**
         * @description `ok`: it runs; `ready`: it answers; `read_only`: it answers, and nothing can be written
         * @enum {string}
         */
        HealthStatus: "ok" | "ready" | "read_only";
        Health: {
            /**
             * @description `ok`: it runs; `ready`: it answers; `read_only`: it answers, and nothing can be written
             * @example ready
             */
            status: components["schemas"]["HealthStatus"];
        };
        /**
         * @description Where it keeps its data
         * @enum {string}
         */
        Database: "memory" | "sqlite" | "postgres";
        System: {
            /**
             * @description The version of the server
             * @example 1.4.0
             */
            version: string;
            /**
             * @description The commit that it was built of; null where the build did not know
             * @example 3ad6a02e69da24021f90e7a9b1c75ede80a9d43a
             */
            commit: string | null;
            /**
             * @description The version of Node that runs it
             * @example 24.21.0
             */
            node: string;
            /** @description Where it keeps its data */
            database: components["schemas"]["Database"];
        };
        /**
         * @description The role that decides
         * @enum {string}
         */
        Role: "viewer" | "editor" | "admin" | "collector";
        /**
         * @description All permissions of the role that are left to the caller
         * @enum {string}
         */
        Permission: "pools:read" | "pools:write" | "quarantine:release" | "accounts:read" | "accounts:write" | "vrfs:read" | "vrfs:write" | "vlan-groups:read" | "vlan-groups:write" | "vlans:read" | "vlans:write" | "discovery:read" | "discovery:decide" | "discovery:post" | "audit:read" | "export:read" | "import:read" | "import:write" | "tokens:manage" | "users:manage" | "webhooks:manage" | "digests:manage" | "metrics:read" | "self:read";
        Me: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools: number[] | null;
            /** @description Who asks, as the audit trail names them */
            actor: components["schemas"]["Actor"];
            /**
             * @description The role that decides
             * @example editor
             */
            role: components["schemas"]["Role"];
            /** @description Whether all writes are refused, whatever the role */
            read_only: boolean;
            /**
             * @description All permissions of the role that are left to the caller
             * @example [
             *       "pools:read",
             *       "pools:write"
             *     ]
             */
            permissions: components["schemas"]["Permission"][];
            /**
             * @description The version of the server
             * @example 1.4.0
             */
            version: string;
            /** @description What writes of this session send as X-CloudPAM-CSRF; null for a token */
            csrf_token: string | null;
            /**
             * @description The provider that the caller logged in with; null for a token
             * @example okta
             */
            provider: string | null;
        };
        Token: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools: number[] | null;
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * @description The part of the token between `cpam_` and the secret; its id in the audit trail
             * @example k7d2mq5xw3ha
             */
            public_id: string;
            /**
             * @description For people
             * @example terraform
             */
            name: string;
            /**
             * @description What it may do
             * @example editor
             */
            role: components["schemas"]["Role"];
            /** @description Whether all writes are refused, whatever the role */
            read_only: boolean;
            /** @description A collector limited to accounts may also report what other accounts own and share with these */
            shared_resources: boolean;
            /**
             * @description The id of the actor who made it
             * @example user:7
             */
            created_by: string;
            /**
             * @description The name that this actor had then
             * @example Ada Lovelace
             */
            created_by_name: string;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends; null for never
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute; null for never
             */
            last_used_at: string | null;
            /**
             * Format: date-time
             * @description When it was revoked; null while it was not
             */
            revoked_at: string | null;
        };
        TokenList: {
            /** @description The entries of this page */
            items: components["schemas"]["Token"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        TokenRequest: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts?: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools?: number[] | null;
            /**
             * @description For people
             * @example terraform
             */
            name: string;
            /**
             * @description What it may do
             * @example editor
             */
            role: components["schemas"]["Role"];
            /**
             * @description Whether all writes are refused, whatever the role
             * @default false
             */
            read_only?: boolean;
            /**
             * @description A collector limited to accounts may also report what other accounts own and share with these
             * @default false
             */
            shared_resources?: boolean;
            /**
             * Format: date-time
             * @description When it ends; null for never
             */
            expires_at?: string | null;
        };
        NewToken: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools: number[] | null;
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * @description The part of the token between `cpam_` and the secret; its id in the audit trail
             * @example k7d2mq5xw3ha
             */
            public_id: string;
            /**
             * @description For people
             * @example terraform
             */
            name: string;
            /**
             * @description What it may do
             * @example editor
             */
            role: components["schemas"]["Role"];
            /** @description Whether all writes are refused, whatever the role */
            read_only: boolean;
            /** @description A collector limited to accounts may also report what other accounts own and share with these */
            shared_resources: boolean;
            /**
             * @description The id of the actor who made it
             * @example user:7
             */
            created_by: string;
            /**
             * @description The name that this actor had then
             * @example Ada Lovelace
             */
            created_by_name: string;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends; null for never
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was last used, to the minute; null for never
             */
            last_used_at: string | null;
            /**
             * Format: date-time
             * @description When it was revoked; null while it was not
             */
            revoked_at: string | null;
            /** @description What clients send as bearer; shown once: null when the same Idempotency-Key asks again */
            secret: string | null;
        };
        LoginProvider: {
            /**
             * @description Its name in the settings
             * @example okta
             */
            name: string;
            /**
             * @description What the login page calls it
             * @example Okta
             */
            label: string;
            /**
             * @description Where a login with it is begun
             * @example /api/v1/auth/oidc/login?provider=okta
             */
            login_url: string;
        };
        LoginProviders: {
            /** @description The entries of this page */
            items: components["schemas"]["LoginProvider"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
            /** @description Whether the browser has a session */
            signed_in: boolean;
            /** @description Whether the page begins a login by itself */
            auto_login: boolean;
        };
        /** @enum {string} */
        LoginPrompt: "select_account";
        LoggedOut: {
            /** @description Where the session at the provider is ended; null where there is none to end */
            logout_url: string | null;
        };
        BackchannelLogout: {
            /**
             * @description The logout token: a JWT that the provider has signed
             * @example eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUifQ.c2lnbmF0dXJl
             */
            logout_token: string;
        };
        /**
         * @description What they may do
         * @enum {string}
         */
        UserRole: "viewer" | "editor" | "admin";
        User: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools: number[] | null;
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * @description The provider of the last login
             * @example okta
             */
            provider: string;
            /**
             * @description The provider's own name for itself
             * @example https://example.okta.com
             */
            issuer: string;
            /**
             * @description The provider's id for the person, the same for ever
             * @example 00u1a2b3c4
             */
            subject: string;
            /**
             * @description As the provider gives it; null where it gives none
             * @example ada@example.com
             */
            email: string | null;
            /**
             * @description As the provider gives it
             * @example Ada Lovelace
             */
            name: string;
            /**
             * @description What they may do
             * @example editor
             */
            role: components["schemas"]["UserRole"];
            /** @description Whether the role was given by hand, and groups do not change it any more */
            role_pinned: boolean;
            /**
             * @description The groups of the last login
             * @example [
             *       "network"
             *     ]
             */
            groups: string[];
            /** @description Whether they may log in */
            active: boolean;
            /**
             * Format: date-time
             * @description When they first logged in
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When they last logged in
             * @example 2026-01-31T12:00:00Z
             */
            last_login_at: string;
            /**
             * Format: date-time
             * @description When none of their groups had a role any more; null while one has
             */
            refused_at: string | null;
            /**
             * Format: int64
             * @description Counts the changes; also the ETag, for If-Match
             */
            version: number;
        };
        UserList: {
            /** @description The entries of this page */
            items: components["schemas"]["User"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        UserPatch: {
            /**
             * @description The keys of the accounts that it is limited to; null for no such limit
             * @example [
             *       "aws:111122223333"
             *     ]
             */
            accounts?: string[] | null;
            /**
             * @description The ids of the pools that it is limited to, with all below them; null for no such limit
             * @example [
             *       42
             *     ]
             */
            pools?: number[] | null;
            /**
             * @description What they may do
             * @example editor
             */
            role?: components["schemas"]["UserRole"];
            /** @description Whether the role was given by hand, and groups do not change it any more */
            role_pinned?: boolean;
            /** @description Whether they may log in */
            active?: boolean;
        };
        UserSession: {
            /**
             * Format: int64
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * @description The provider that it was begun with
             * @example okta
             */
            provider: string;
            /**
             * Format: date-time
             * @description When it was begun
             * @example 2026-01-31T12:00:00Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends, whatever happens
             * @example 2026-01-31T12:00:00Z
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute
             * @example 2026-01-31T12:00:00Z
             */
            last_used_at: string;
            /**
             * @description What the browser called itself
             * @example Mozilla/5.0
             */
            user_agent: string;
            /**
             * Format: ip
             * @description The address that it was begun from
             * @example 192.0.2.1
             */
            ip: string;
            /** @description Whether it is the session of this very request */
            current: boolean;
        };
        UserSessions: {
            /** @description The entries of this page */
            items: components["schemas"]["UserSession"][];
            /**
             * Format: int64
             * @description How many entries there are on all pages, up to 10,000
             * @example 1
             */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /**
             * Format: int64
             * @description The page, from 1
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description Entries on a full page
             * @example 50
             */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null on the last one */
            next_cursor: string | null;
        };
        EndedSessions: {
            /**
             * Format: int64
             * @description How many sessions were ended
             * @example 2
             */
            ended: number;
        };
        /**
         * @description What another system gives as JSON: a page of the REST API of NetBox, or what the AWS CLI prints
         * @example {
         *       "results": [
         *         {
         *           "id": 7,
         *           "url": "https://netbox.example.com/api/ipam/prefixes/7/",
         *           "prefix": "10.20.0.0/16",
         *           "vrf": null,
         *           "status": {
         *             "value": "active",
         *             "label": "Active"
         *           },
         *           "description": "Offices in Berlin"
         *         }
         *       ]
         *     }
         */
        JsonFile: {
            [key: string]: unknown;
        };
        /** @description A pool's own facts as its events tell them, in version 1. */
        PoolFacts: {
            /**
             * Format: cidr
             * @description Its addresses: a canonical CIDR (RFC 4632, RFC 5952)
             */
            cidr?: string;
            /**
             * Format: int64
             * @description The VRF its addresses belong to
             */
            vrf_id?: number;
            /**
             * Format: int64
             * @description The smallest pool around it; null for a root
             */
            parent_id?: number | null;
            /** @description For people; empty where a cloud gives none */
            name?: string;
            /**
             * @description What the pool stands for
             * @enum {string}
             */
            kind?: "container" | "reservation" | "secondary_range" | "subnet" | "vpc";
            /**
             * @description Whether the space is planned, reserved or in use
             * @enum {string}
             */
            status?: "active" | "deprecated" | "planned";
            /**
             * @description Who made the pool: a person, or discovery
             * @enum {string}
             */
            source?: "discovered" | "manual";
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /** @description The id that the cloud gives the resource it stands for */
            external_id?: string | null;
            /** @description The id of the VPC or network of that resource */
            external_vpc?: string | null;
            /** @description The region it is for */
            region?: string | null;
            /**
             * @description How the pool stands to what the cloud shows
             * @enum {string|null}
             */
            sync_status?: "drift" | "orphaned" | "synced" | null;
            /** @description For people */
            description?: string;
            /** @description Tags, by key */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description The VLAN that carries it
             */
            vlan_id?: number | null;
            /**
             * Format: date-time
             * @description ISO 8601
             */
            expires_at?: string | null;
            /** @description The live key, where the pool has one. */
            key?: string | null;
            /** @description Where the pool has them. */
            rules?: {
                min_prefix_length: number | null;
                max_prefix_length: number | null;
                default_prefix_length: number | null;
                required_tags: string[];
                /** @description Where there are any. */
                quarantine_days?: number | null;
            } | null;
        };
        /** @description An address's own facts as its events tell them, in version 1. */
        AddressFacts: {
            /**
             * Format: ip
             * @description The address
             */
            address?: string;
            /**
             * Format: int64
             * @description Its VRF
             */
            vrf_id?: number;
            /** @description For people; may be empty */
            name?: string;
            /**
             * @description Whether the address is kept for somebody, in use, or on its way out
             * @enum {string}
             */
            status?: "active" | "deprecated" | "reserved";
            /**
             * @description What the address is for
             * @enum {string}
             */
            role?: "dhcp" | "gateway" | "host" | "vip";
            /** @description Its DNS name (RFC 1123) */
            dns_name?: string | null;
            /** @description The MAC address of its interface (EUI-48) */
            mac?: string | null;
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /** @description For people */
            description?: string;
            /** @description Tags, by key */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When its lease ends and it is free again
             */
            expires_at?: string | null;
        };
        /** @description A range's own facts as its events tell them, in version 1. */
        RangeFacts: {
            /**
             * Format: ip
             * @description The first address
             */
            start_address?: string;
            /**
             * Format: ip
             * @description The last address
             */
            end_address?: string;
            /**
             * Format: int64
             * @description Its VRF
             */
            vrf_id?: number;
            /** @description For people; may be empty */
            name?: string;
            /**
             * @description Why it is kept apart; `quarantine`: what was there was deleted lately
             * @enum {string}
             */
            purpose?: "dhcp" | "excluded" | "quarantine" | "reserved";
            /** @description Whether all of it counts in what is used of its pool, or only the addresses that somebody has of it */
            counts_as_used?: boolean;
            /**
             * Format: int64
             * @description The account it belongs to
             */
            account_id?: number | null;
            /** @description For people */
            description?: string;
            /** @description Tags, by key */
            tags?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When a quarantine ends by itself
             */
            until?: string | null;
        };
        /** @description A VLAN's facts as its events tell them, in version 1. */
        VlanFacts: {
            /**
             * Format: int64
             * @description The VLAN id of IEEE 802.1Q
             */
            vid?: number;
            /** @description For people */
            name?: string;
            /** @description The name of its VLAN group, or of a site or building that has no record */
            group?: string;
            /** @description For people */
            description?: string;
        };
        /** @description A group's facts as its events tell them, in version 1. */
        VlanGroupFacts: {
            /** @description Unique; VLANs name their group by it */
            name?: string;
            /** @description For people */
            description?: string;
            /** @description `100-199,300` */
            vid_ranges?: string;
            /**
             * Format: int64
             * @description The account that it is for; null also for whoever may not see it
             */
            account_id?: number | null;
            /** @description The site that it is for, where it is not for an account */
            site?: string | null;
        };
        /** @description A VRF's facts as its events tell them, in version 1. */
        VrfFacts: {
            /** @description Unique */
            name?: string;
            /** @description The route distinguisher (RFC 4364) */
            rd?: string | null;
            /** @description VRFs of one reachability domain can reach each other, so that the same addresses in two of them collide (see the analysis); null: it reaches no other */
            reachability_domain?: string | null;
            /** @description For people */
            description?: string;
        };
        /** @description An account's facts as its events tell them, in version 1. */
        AccountFacts: {
            /** @description Unique */
            key?: string;
            /** @description For people */
            name?: string;
            /**
             * @description Whose account it is
             * @enum {string}
             */
            provider?: "aws" | "azure" | "gcp" | "onprem";
            /** @description The cloud's own id: 12 digits at AWS, the project at GCP */
            external_id?: string;
            /** @description Which platform it belongs to */
            platform?: string | null;
            /** @description How much depends on it */
            tier?: string | null;
            /** @description What it is for */
            environment?: string | null;
            /** @description Regions that are in use or planned */
            regions?: string[];
            /** @description For people */
            description?: string;
            /**
             * @description What happens to new resources of it; null for the server's own policy
             * @enum {string|null}
             */
            discovery_policy?: "approve" | "auto" | "observe" | null;
            /**
             * Format: int64
             * @description Seconds
             */
            discovery_interval?: number | null;
        };
        /** @description What the event of an account tells that discovery has met: the rest is empty. */
        DiscoveredAccountFacts: {
            /** @description Unique */
            key?: string;
            /** @description For people */
            name?: string;
            /**
             * @description Whose account it is
             * @enum {string}
             */
            provider?: "aws" | "azure" | "gcp" | "onprem";
            /** @description The cloud's own id: 12 digits at AWS, the project at GCP */
            external_id?: string;
        };
        /** @description What a person has decided about a resource. */
        DecisionFacts: {
            /**
             * @description Whether a pool stands for it
             * @enum {string}
             */
            management?: "ignored" | "managed" | "pending" | "unmanaged";
            /**
             * @description Whether others use its addresses too
             * @enum {string}
             */
            overlap_status?: "ignored" | "nonoverlapping" | "overlapping";
            /** @description Findings of it that are ignored, by type */
            ignored?: {
                drift?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
                unmanaged?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
                overlap?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
                conflict?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
                orphan?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
                compliance?: {
                    reason: string;
                    by: string;
                    until: string | null;
                };
            };
        };
        /** @description Without the lease, which is a secret, and without what an agent reports on its way. */
        JobFacts: {
            /**
             * @description `queued` waits for an agent, `running` has one; the others have ended
             * @enum {string}
             */
            status?: "cancelled" | "failed" | "partial" | "queued" | "running" | "succeeded";
            /** @description The agent that has taken it; null before that. */
            instance?: string | null;
            /**
             * Format: int64
             * @description How often an agent took it
             */
            attempt?: number;
            /** @description Why it failed; null when it did not */
            error?: string | null;
            /** @description What became of it; null before the end */
            counts?: {
                scopes: number;
                complete: number;
                partial: number;
                failed: number;
                imported: number;
                updated: number;
                orphaned: number;
                unchanged: number;
                conflicts: number;
            } | null;
        };
        /** @description A finding as its events tell it, in version 1. */
        FindingFacts: {
            /**
             * @description What is wrong; `unseen`: a region is not listed any more; `exhausts_soon`: soon nothing fits into a pool; `lease_ends`: the lease of a pool or an address ends soon, or is over and something is in the way of freeing it; `stale_address`: a record whose address nothing in the cloud has; `unknown_address`: an address in use without a record, where others have one; `webhook_paused`: a webhook that is told nothing any more, as nobody takes what it sends
             * @enum {string}
             */
            type?: "compliance" | "conflict" | "drift" | "exhausts_soon" | "lease_ends" | "orphan" | "overlap" | "stale_address" | "unknown_address" | "unmanaged" | "unseen" | "webhook_paused";
            /**
             * @description How much findings of its type matter: what breaks networks or plans is `critical`, what should be put right a `warning`, the rest `info`
             * @enum {string}
             */
            severity?: "critical" | "info" | "warning";
            /**
             * @description What it is of.
             * @enum {string}
             */
            subject?: "address" | "observed" | "pool" | "resource" | "scope" | "webhook";
            /** @description The id of that, among those of its kind. */
            subject_id?: number;
            /** @description Of what it is of; may be empty. */
            name?: string;
            /** @description The CIDR or address of what it is of; null for a scope and a webhook. */
            cidr?: string | null;
            /** @description The region that it is of; null for what has none */
            region?: string | null;
            /** @description The pool that it is of, or that stands for the resource that it is of. */
            pool_id?: number | null;
            /** @description The name of that pool. */
            pool_name?: string | null;
            /** @description Why, for people, as it was when the finding was opened. */
            detail?: string;
        };
        /** @description A lease that ends soon, as its warning tells it, in version 1. */
        LeaseFacts: {
            /**
             * @description That of the finding `lease_ends`.
             * @enum {string}
             */
            severity?: "critical" | "info" | "warning";
            /**
             * @description What has the lease.
             * @enum {string}
             */
            lease_of?: "address" | "pool" | "range";
            /** @description The id of that. */
            lease_id?: number;
            /** @description Its name; may be empty */
            name?: string;
            /** @description The CIDR of the pool, the address, or the first and the last address of the range. */
            span?: string;
            /**
             * Format: date-time
             * @description ISO 8601
             */
            expires_at?: string;
            /** @description It ends within so many days: 14, 3 or 1. */
            days?: number;
        };
        /** @description What the audit trail tells of a token, in version 1; never its secret. */
        TokenFacts: {
            /** @description For people */
            name?: string;
            /**
             * @description What it may do
             * @enum {string}
             */
            role?: "admin" | "collector" | "editor" | "viewer";
            /** @description Whether all writes are refused, whatever the role */
            read_only?: boolean;
            /** @description A collector limited to accounts may also report what other accounts own and share with these */
            shared_resources?: boolean;
            /** @description The keys of the accounts that it is limited to; null for no such limit */
            accounts?: string[] | null;
            /** @description The ids of the pools that it is limited to, with all below them; null for no such limit */
            pools?: number[] | null;
            /**
             * Format: date-time
             * @description ISO 8601
             */
            expires_at?: string | null;
        };
        /** @description What the audit trail tells of a user, in version 1. */
        UserFacts: {
            /** @description The provider of the last login */
            provider?: string;
            /** @description The provider's id for the person, the same for ever */
            subject?: string;
            /** @description As the provider gives it; null where it gives none */
            email?: string | null;
            /** @description As the provider gives it */
            name?: string;
            /**
             * @description What they may do
             * @enum {string}
             */
            role?: "admin" | "editor" | "viewer";
            /** @description Whether the role was given by hand, and groups do not change it any more */
            role_pinned?: boolean;
            /** @description Whether they may log in */
            active?: boolean;
            /** @description The keys of the accounts that it is limited to; null for no such limit */
            accounts?: string[] | null;
            /** @description The ids of the pools that it is limited to, with all below them; null for no such limit */
            pools?: number[] | null;
        };
        MapFacts: {
            /** @description What goes along with files: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` and `vrf` */
            map?: {
                [key: string]: unknown;
            };
        };
        /** @description What the audit trail tells of a webhook, in version 1: no secret, and of its URL no path, which may be one. */
        WebhookFacts: {
            /** @description The name */
            name?: string;
            /** @description Scheme, host and port. */
            origin?: string;
            /** @description What it is told of */
            filter?: {
                types: string[];
                vrf_ids: number[];
                account_ids: number[];
                pool_ids: number[];
                tags: string[];
                severities: string[];
            };
            /**
             * @description What it is sent
             * @enum {string}
             */
            template?: "cloudevents" | "custom" | "pagerduty" | "slack" | "teams";
            /** @description An event waits until the one before it has arrived */
            ordered?: boolean;
            /**
             * Format: int64
             * @description Counts the changes
             */
            version?: number;
        };
        /** @description What a test of a webhook tells, in version 1. */
        WebhookTestFacts: {
            /** @description The name */
            name?: string;
            /** @description Scheme, host and port. */
            origin?: string;
        };
        /** @description What the audit trail tells of a digest, in version 1: of its recipients how many, and at which domains. */
        DigestFacts: {
            /** @description The name */
            name?: string;
            /** @description Whom it is sent to */
            recipients?: number;
            /** @description The domains of their addresses: these say to whom it goes, and name nobody. */
            recipient_domains?: string[];
            /** @description When it is sent */
            schedule?: {
                /** @enum {string} */
                every: "daily" | "weekly";
                weekday: number | null;
                hour: number;
                time_zone: string;
            };
            /** @description What it tells of */
            filter?: {
                vrf_ids: number[];
                account_ids: number[];
                pool_ids: number[];
                tags: string[];
            };
            /**
             * @description Findings of this severity and above; null: of all
             * @enum {string|null}
             */
            severity?: "critical" | "info" | "warning" | null;
            /** @description What it has */
            sections?: ("findings" | "forecasts" | "leases")[];
            /** @description Whether it is sent also when there is nothing new to tell */
            send_empty?: boolean;
            /** @description Whether it is sent */
            enabled?: boolean;
            /**
             * Format: int64
             * @description Counts the changes
             */
            version?: number;
        };
    };
    responses: {
        /** @description Bad request */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not authenticated */
        NotAuthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not found */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Method not allowed */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Gone */
        Gone: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition failed */
        PreconditionFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported media type */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable */
        Unprocessable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Header fields too large */
        HeaderFieldsTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal error */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Provider unavailable */
        ProviderUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not ready */
        NotReady: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The methods that the path has
         * @example GET, HEAD, POST
         */
        Allow: string;
        /**
         * @description The name of the file
         * @example attachment; filename="cloudpam-export.zip"
         */
        "Content-Disposition": string;
        /**
         * @description What is answered, for `If-None-Match`; of one resource the version comes first, and it is for `If-Match`
         * @example "3-q5Vb7mF3xYw0aZkT"
         */
        ETag: string;
        /** @description There where the answer is that to an earlier request with the same key */
        "Idempotency-Replayed": "true";
        /** @description Where it is found from now on: `rel="successor-version"` (RFC 8288) */
        Link: string;
        /**
         * @description Where what was made is, or where a browser goes on
         * @example /api/v1/pools/42
         */
        Location: string;
        /**
         * @description After so many seconds it may be asked again
         * @example 5
         */
        "Retry-After": string;
        /** @description The cookies of a login or a session */
        "Set-Cookie": string;
        /**
         * @description How to authenticate
         * @example Bearer realm="cloudpam"
         */
        "WWW-Authenticate": string;
        /**
         * @description The place in the log up to which this tells: `after` of the next request
         * @example 4711
         */
        "X-CloudPAM-Last-Event": string;
        /**
         * @description How far the database is with this write, where there are read replicas
         * @example 0000000100000000042C7B10
         */
        "X-CloudPAM-Position": string;
        /**
         * @description Under which the request is in the log and the audit trail
         * @example 0b9f9d5e-5d3c-4c39-9a3f-2f4f6f0a5a11
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listPastPools: {
        parameters: {
            query: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Only `cidr`, which is the order without it too */
                sort?: string;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description Directly below this pool; `null` for roots */
                parent_id?: string;
                /** @description Of this kind */
                kind?: components["schemas"]["PoolKind"];
                /** @description Of this status */
                status?: components["schemas"]["PoolStatus"];
                /** @description From this source */
                source?: components["schemas"]["PoolSource"];
                /** @description That stand so to the cloud */
                sync_status?: components["schemas"]["SyncStatus"];
                /** @description That this VLAN carries */
                vlan_id?: number;
                /** @description For this region */
                region?: string;
                /** @description `key:value`. A key may hold colons: what is meant is decided by the tags that exist */
                tag?: string[];
                /** @description That contain this address, CIDR or range */
                cidr_contains?: string;
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
                /** @description Part of a name or cloud id, an ARN, an id, a tag, or an address, CIDR, range or part of one: pools that share addresses with it */
                q?: string;
                /** @description That stand for the resource with this cloud id */
                external_id?: string;
                /** @description The time */
                at: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the pools of a time past */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastPoolList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPoolHistory: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the history of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolEventList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listPools: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Fields with commas between them; `-` before one turns its order round */
                sort?: string;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description Directly below this pool; `null` for roots */
                parent_id?: string;
                /** @description Of this kind */
                kind?: components["schemas"]["PoolKind"];
                /** @description Of this status */
                status?: components["schemas"]["PoolStatus"];
                /** @description From this source */
                source?: components["schemas"]["PoolSource"];
                /** @description That stand so to the cloud */
                sync_status?: components["schemas"]["SyncStatus"];
                /** @description That this VLAN carries */
                vlan_id?: number;
                /** @description For this region */
                region?: string;
                /** @description `key:value`. A key may hold colons: what is meant is decided by the tags that exist */
                tag?: string[];
                /** @description That contain this address, CIDR or range */
                cidr_contains?: string;
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
                /** @description Part of a name or cloud id, an ARN, an id, a tag, or an address, CIDR, range or part of one: pools that share addresses with it */
                q?: string;
                /** @description That stand for the resource with this cloud id */
                external_id?: string;
                /**
                 * @deprecated
                 * @description The pools as they were at this time, by CIDR and with `cursor` only. Ask `listPastPools` instead: the answer is its
                 */
                as_of?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List pools */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypedPoolList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createPool: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPool"];
            };
        };
        responses: {
            /** @description Create a pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description Create a pool */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listBlocks: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Fields with commas between them; `-` before one turns its order round */
                sort?: string;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of these accounts: ids with commas */
                accounts?: string;
                /** @description Below these pools: ids with commas */
                pools?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this kind */
                kind?: components["schemas"]["PoolKind"];
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List blocks */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPool: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deletePool: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
                /** @description Deletes all that lies below as well; else children move up to the parent */
                cascade?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a pool */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updatePool: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolPatch"];
            };
        };
        responses: {
            /** @description Change a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listChildren: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Fields with commas between them; `-` before one turns its order round */
                sort?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the children of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listAncestors: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the ancestors of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPoolTree: {
        parameters: {
            query?: {
                /** @description Levels below the pool */
                depth?: number;
                /** @description Pools below the pool that one answer shows for the first time */
                page_size?: number;
                /** @description `next_cursor` of the answer before: goes on where it ended, and repeats the pools around that place */
                cursor?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the tree below a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolTreePage"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listCandidates: {
        parameters: {
            query: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description The size of the blocks */
                new_prefix_len: number;
                /** @description Which of them; all when left out */
                status?: components["schemas"]["BlockFilter"];
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the blocks of a size in a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockPage"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listFreeBlocks: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the free blocks of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreePage"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createPools: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
                /** @description All rows or none; or each by itself, with its own result */
                mode?: components["schemas"]["BulkMode"];
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkPools"];
            };
        };
        responses: {
            /** @description Create many pools */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    allocate: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Allocation"];
            };
        };
        responses: {
            /** @description Allocate from a pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description Allocate from a pool */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    allocateFromMatching: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SelectedAllocation"];
            };
        };
        responses: {
            /** @description Allocate from whichever pool fits */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description Allocate from whichever pool fits */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    splitPool: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Split"];
            };
        };
        responses: {
            /** @description Split a pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    mergePools: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merge"];
            };
        };
        responses: {
            /** @description Merge pools */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    movePool: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            /** @description Move a pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolMove"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listAddresses: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this range */
                range_id?: number;
                /** @description Of this status */
                status?: components["schemas"]["AddressStatus"];
                /** @description Of this role */
                role?: components["schemas"]["AddressRole"];
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
                /** @description Part of a name or DNS name, an id, a tag, or an address, CIDR or range */
                q?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List addresses */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createAddress: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAddress"];
            };
        };
        responses: {
            /** @description Record an address */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description Record an address */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getAddress: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an address */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteAddress: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give an address back */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateAddress: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressPatch"];
            };
        };
        responses: {
            /** @description Change an address */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    changeAddresses: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkAddresses"];
            };
        };
        responses: {
            /** @description Change many addresses */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Addresses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listPoolAddresses: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this range */
                range_id?: number;
                /** @description Of this status */
                status?: components["schemas"]["AddressStatus"];
                /** @description Of this role */
                role?: components["schemas"]["AddressRole"];
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
                /** @description Part of a name or DNS name, an id, a tag, or an address, CIDR or range */
                q?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the addresses of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolAddressList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    allocateAddresses: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressAllocation"];
            };
        };
        responses: {
            /** @description Take addresses of a pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Addresses"];
                };
            };
            /** @description Take addresses of a pool */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Addresses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listObservedAddresses: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what has addresses of a pool in clouds */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObservedAddressList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getHostUsage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tell how hosts fill a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostUsage"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listPastAddresses: {
        parameters: {
            query: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description The time */
                at: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the addresses of a time past */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastAddressList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listRanges: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this purpose */
                purpose?: components["schemas"]["RangePurpose"];
                /** @description That have an address of this CIDR or range */
                cidr_touching?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List ranges */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RangeList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getRange: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a range */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteRange: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End a range */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateRange: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RangePatch"];
            };
        };
        responses: {
            /** @description Change a range */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    releaseRange: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Release a quarantine */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listPoolRanges: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this purpose */
                purpose?: components["schemas"]["RangePurpose"];
                /** @description That have an address of this CIDR or range */
                cidr_touching?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the ranges of a pool */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RangeList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createRange: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRange"];
            };
        };
        responses: {
            /** @description Keep a range apart */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            /** @description Keep a range apart */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Range"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPoolUsage: {
        parameters: {
            query?: {
                /** @description The first day; a year before the last one when left out */
                from?: string;
                /** @description The last day; today when left out */
                to?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how a pool was used */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolUsage"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPoolForecast: {
        parameters: {
            query?: {
                /** @description Prefix length of the block that has to fit; when left out that of the allocation rules, or else that of most blocks of the pool */
                prefix_length?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get when a pool ends */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolForecast"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listForecasts: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Those that end within so many days */
                within?: string;
                /** @description In this VRF */
                vrf_id?: number;
                /** @description Of this account */
                account_id?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List pools that end soon */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolForecastList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get what needs a person, and how all is used */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listRecommendations: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this kind */
                kind?: components["schemas"]["RecommendationKind"];
                /** @description That matter so much */
                severity?: components["schemas"]["Severity"];
                /** @description About pools in this VRF */
                vrf_id?: number;
                /** @description About pools of this account */
                account_id?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what is recommended about pools */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecommendationList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getPoolAnalysis: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how the space of a pool is used */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolAnalysis"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this provider */
                provider?: components["schemas"]["Provider"];
                /** @description Of this environment */
                environment?: string;
                /** @description Part of a key, name or id, or an ARN */
                q?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List accounts */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Create an account */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Create an account */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an account */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete an account */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountPatch"];
            };
        };
        responses: {
            /** @description Change an account */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listVrfs: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Part of a name, or of what else tells one from another (VLAN id, group, RD) */
                q?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List VRFs */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VrfList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVrf"];
            };
        };
        responses: {
            /** @description Create a VRF */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description Create a VRF */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getVrf: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a VRF */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a VRF */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VrfPatch"];
            };
        };
        responses: {
            /** @description Change a VRF */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listVlanGroups: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Part of a name, or of what else tells one from another (VLAN id, group, RD) */
                q?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List VLAN groups */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroupList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createVlanGroup: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVlanGroup"];
            };
        };
        responses: {
            /** @description Create a VLAN group */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroup"];
                };
            };
            /** @description Create a VLAN group */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getVlanGroup: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a VLAN group */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroup"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteVlanGroup: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a VLAN group */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateVlanGroup: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VlanGroupPatch"];
            };
        };
        responses: {
            /** @description Change a VLAN group */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanGroup"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listFreeVids: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the free VLAN ids of a group */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreeVids"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    allocateVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVlanInGroup"];
            };
        };
        responses: {
            /** @description Take the next VLAN id of a group */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description Take the next VLAN id of a group */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listVlans: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
                /** @description Part of a name, or of what else tells one from another (VLAN id, group, RD) */
                q?: string;
                /** @description Of this VLAN group */
                group_id?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List VLANs */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVlan"];
            };
        };
        responses: {
            /** @description Create a VLAN */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description Create a VLAN */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getVlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a VLAN */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a VLAN */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VlanPatch"];
            };
        };
        responses: {
            /** @description Change a VLAN */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listRegions: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
                /** @description Of this account */
                account_id?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List regions */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Regions"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deliverSnapshot: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snapshot"];
            };
        };
        responses: {
            /** @description Deliver what a collector saw */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryResult"];
                };
            };
            /** @description A part before the last one, kept for a day. Nothing has changed yet. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getDiscoveryStatus: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how far the clouds are known */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryStatus"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listResources: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description In this VRF */
                vrf_id?: number;
                /** @description Part of a name or cloud id, an ARN, or an address, CIDR, range or part of one */
                q?: string;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this network */
                network_id?: number;
                /** @description In this region */
                region?: string;
                /** @description Of this kind */
                kind?: components["schemas"]["ResourceKind"];
                /** @description Managed so */
                management?: components["schemas"]["Management"];
                /** @description That overlap so */
                overlap_status?: components["schemas"]["OverlapStatus"];
                /** @description In sync so */
                sync_status?: components["schemas"]["SyncStatus"];
                /** @description With a finding of this type; `any`: of whatever type */
                finding?: components["schemas"]["FindingFilter"];
                /** @description That this pool stands for */
                pool_id?: number;
                /** @description Within this CIDR or range of addresses */
                cidr_within?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List discovered resources */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listFindings: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description In this VRF */
                vrf_id?: number;
                /** @description Part of a name or cloud id, an ARN, or an address, CIDR, range or part of one */
                q?: string;
                /** @description Of this type */
                type?: components["schemas"]["FindingType"];
                /** @description With this status */
                status?: components["schemas"]["FindingStatus"];
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List findings */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listNetworks: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description In this VRF */
                vrf_id?: number;
                /** @description Part of a name or cloud id, an ARN, or an address, CIDR, range or part of one */
                q?: string;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List discovered networks */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NetworkList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getResource: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a discovered resource */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    isolateNetwork: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Isolate"];
            };
        };
        responses: {
            /** @description Give a network another VRF */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Isolation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    decide: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
                /** @description `atomic`: all or none; `partial`: what can be done is done */
                mode?: components["schemas"]["BulkMode"];
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionRequest"];
            };
        };
        responses: {
            /** @description Decide about many resources */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decisions"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    importResource: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlainDecision"];
            };
        };
        responses: {
            /** @description Give a resource its pool */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    approveResource: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlainDecision"];
            };
        };
        responses: {
            /** @description Approve a resource */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    rejectResource: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ignore"];
            };
        };
        responses: {
            /** @description Reject a resource */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    ignoreFindings: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ignore"];
            };
        };
        responses: {
            /** @description Ignore findings of a resource */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    restoreFindings: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restore"];
            };
        };
        responses: {
            /** @description Show findings of a resource again */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    adoptResource: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlainDecision"];
            };
        };
        responses: {
            /** @description Give a pool the cloud's value */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    releaseResource: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PlainDecision"];
            };
        };
        responses: {
            /** @description Free an orphan's space */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    triggerDiscovery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Trigger"];
            };
        };
        responses: {
            /** @description Ask for a discovery */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description With this status */
                status?: components["schemas"]["JobStatus"];
                /** @description true: those that are queued or running; false: those that have ended */
                open?: boolean;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List discovery jobs */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a discovery job */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a discovery job */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List agents */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    sendHeartbeat: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heartbeat"];
            };
        };
        responses: {
            /** @description Say that an agent is there */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    scheduleDiscoveries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Schedule"];
            };
        };
        responses: {
            /** @description Queue the discoveries that are due */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    claimJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimRequest"];
            };
        };
        responses: {
            /** @description Take a job */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    reportProgress: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Progress"];
            };
        };
        responses: {
            /** @description Report how far a job is */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lease"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    finishJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Finish"];
            };
        };
        responses: {
            /** @description Report how a job ended */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Finished"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    search: {
        parameters: {
            query?: {
                /** @description Anything pasted: an address, a CIDR, a range, a cloud id, a name, a tag */
                q?: string;
                /** @description Only these; a block is a pool that lies in another */
                type?: components["schemas"]["SearchResultType"];
                /** @description Only pools that contain this address, CIDR or range */
                cidr_contains?: string;
                /** @description Only what lies within this address, CIDR or range */
                cidr_within?: string;
                /** @description Only in this VRF */
                vrf_id?: number;
                /** @description Results at most */
                limit?: number;
                /** @description The `next_cursor` of the answer before, to the same search with the same `limit` */
                cursor?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Search everything */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    importFiles: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
                /** @description How the files are written; `auto` finds out */
                format?: components["schemas"]["ImportFormat"];
                /** @description `all` imports nothing where a row is wrong; `partial` imports the others, and tells which */
                mode?: components["schemas"]["ImportMode"];
                /** @description The hash of the plan that a dry run has told: nothing is imported where there is another one by now */
                plan?: string;
                /** @description `canonical`: host bits that are set are taken away in place of refusing the row */
                fix?: components["schemas"]["ImportFix"];
                /** @description Which rows are told: create, update, unchanged, skip, error, with commas between them; without it all */
                action?: string;
                /** @description How many rows are told at once */
                limit?: number;
                /** @description The `next_cursor` of the answer before: the same files again, and the rows that follow */
                cursor?: string;
                /** @description What the file is called, where the body is the file itself */
                filename?: string;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description The files: CSV, ZIP or JSON, up to 32 MB together */
                    file: string[];
                    /** @description JSON: `columns` by field, `words` (`status`, `role`, `tenant`) by word, `tags` (columns, or `all`), `vrf` */
                    map?: string;
                };
                "text/csv": string;
                "application/zip": string;
                "application/json": components["schemas"]["JsonFile"];
            };
        };
        responses: {
            /** @description Import files */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listImportMaps: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the maps of imports */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportMaps"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    saveImportMap: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportMapBody"];
            };
        };
        responses: {
            /** @description Keep a map of imports */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportMap"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteImportMap: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The name */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a map of imports */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportMap"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description About this kind of thing */
                entity_type?: string;
                /** @description About the thing with this id */
                entity_id?: string;
                /** @description The id of an actor; where no entry has it, part of a name */
                actor?: string;
                /** @description An action, `pool.create`, or the beginning of several, `pool.*` */
                action?: string;
                /** @description From this moment on */
                since?: string;
                /** @description Before this moment */
                until?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the audit trail */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    exportAuditEntries: {
        parameters: {
            query?: {
                /** @description About this kind of thing */
                entity_type?: string;
                /** @description About the thing with this id */
                entity_id?: string;
                /** @description The id of an actor; where no entry has it, part of a name */
                actor?: string;
                /** @description An action, `pool.create`, or the beginning of several, `pool.*` */
                action?: string;
                /** @description From this moment on */
                since?: string;
                /** @description Before this moment */
                until?: string;
                /** @description A line of JSON for each entry, or CSV */
                format?: components["schemas"]["AuditFormat"];
            };
            header?: {
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export the audit trail */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description After this place in the log, as an earlier answer has named it, or 0 for all; without it from now on. A place beyond the end of the log is its end */
                after?: number;
                /** @description Of these types, with commas between them: an action, `pool.create`, or the beginning of several, `pool.*` */
                types?: string;
                /** @description Waits so many seconds for events where there are none */
                wait?: number;
            };
            header?: {
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Wait for events */
            200: {
                headers: {
                    "X-CloudPAM-Last-Event": components["headers"]["X-CloudPAM-Last-Event"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description After this place in the log, as an earlier answer has named it, or 0 for all; without it from now on. A place beyond the end of the log is its end */
                after?: number;
                /** @description Of these types, with commas between them: an action, `pool.create`, or the beginning of several, `pool.*` */
                types?: string;
            };
            header?: {
                /** @description The id of the last event that arrived: it goes before `after` */
                "Last-Event-ID"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Listen to events */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List webhooks */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhooks"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createWebhook: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Create a webhook */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Create a webhook */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    previewWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookPreview"];
            };
        };
        responses: {
            /** @description Preview what a webhook would be sent */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewedEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a webhook */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a webhook */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description Change a webhook */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Test a webhook */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAttempt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a webhook a new secret */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    pauseWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a webhook */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    resumeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a webhook */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description Tell a webhook again */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description `waiting` to be tried again, `delivered`, or `dead`: given up */
                status?: components["schemas"]["DeliveryStatus"];
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the deliveries of a webhook */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveries"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listDigests: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List digests */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digests"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createDigest: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDigest"];
            };
        };
        responses: {
            /** @description Create a digest */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description Create a digest */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getDigest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a digest */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    deleteDigest: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a digest */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateDigest: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DigestPatch"];
            };
        };
        responses: {
            /** @description Change a digest */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    previewDigest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Preview a digest */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestPreview"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    testDigest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Test a digest */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DigestTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    export: {
        parameters: {
            query?: {
                /** @description Which tables, with commas between them: pools, blocks, addresses, ranges, accounts, vrfs, vlan-groups, vlans, resources, audit; `all` is every one but the audit log; without it pools, addresses, ranges, accounts, vrfs, vlan-groups, vlans */
                datasets?: string;
                /** @description `zip`: CSV files in a ZIP. `csv`, `jsonl`: one table as itself, several in a ZIP. `netbox`: a ZIP of files for the import of NetBox 4, made of pools, VRFs and VLANs */
                format?: "zip" | "csv" | "jsonl" | "netbox";
                /** @description Fields with commas between them; `-` before one turns its order round */
                sort?: string;
                /** @description Of exactly this name */
                name?: string;
                /** @description Of this VRF */
                vrf_id?: number;
                /** @description Of this account */
                account_id?: number;
                /** @description Directly below this pool; `null` for roots */
                parent_id?: string;
                /** @description Of this kind */
                kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                /** @description Of this status */
                status?: "planned" | "active" | "deprecated" | "reserved";
                /** @description From this source */
                source?: "manual" | "discovered";
                /** @description That stand so to the cloud */
                sync_status?: "synced" | "drift" | "orphaned";
                /** @description That this VLAN carries */
                vlan_id?: number;
                /** @description For this region */
                region?: string;
                /** @description `key:value`. A key may hold colons: what is meant is decided by the tags that exist */
                tag?: string[];
                /** @description That contain this address, CIDR or range */
                cidr_contains?: string;
                /** @description That lie in this CIDR or range */
                cidr_within?: string;
                /** @description Part of a name or cloud id, an ARN, an id, a tag, or an address, CIDR, range or part of one: pools that share addresses with it */
                q?: string;
                /** @description That stand for the resource with this cloud id */
                external_id?: string;
                /** @description Of this range */
                range_id?: number;
                /** @description Of this role */
                role?: "host" | "gateway" | "vip" | "dhcp";
                /** @description Of this purpose */
                purpose?: "dhcp" | "reserved" | "excluded" | "quarantine";
                /** @description That have an address of this CIDR or range */
                cidr_touching?: string;
                /** @description Of this provider */
                provider?: "aws" | "gcp" | "azure" | "onprem";
                /** @description Of this environment */
                environment?: string;
                /** @description Of this VLAN group */
                group_id?: number;
                /** @description Of this network */
                network_id?: number;
                /** @description Managed so */
                management?: "managed" | "unmanaged" | "ignored" | "pending";
                /** @description That overlap so */
                overlap_status?: "overlapping" | "nonoverlapping" | "ignored";
                /** @description With a finding of this type; `any`: of whatever type */
                finding?: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "any";
                /** @description That this pool stands for */
                pool_id?: number;
                /** @description About this kind of thing */
                entity_type?: string;
                /** @description About the thing with this id */
                entity_id?: string;
                /** @description The id of an actor; where no entry has it, part of a name */
                actor?: string;
                /** @description An action, `pool.create`, or the beginning of several, `pool.*` */
                action?: string;
                /** @description From this moment on */
                since?: string;
                /** @description Before this moment */
                until?: string;
            };
            header?: {
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export everything */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                    "text/csv": string;
                    "application/jsonl": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask whether the server runs */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ask whether the server can answer */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the metrics */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETags of answers that the caller has: 304 when one is what would be answered
                 * @example "3-q5Vb7mF3xYw0aZkT"
                 */
                "If-None-Match"?: string;
                /**
                 * @description What the answer to an earlier write had in this header: a replica answers that has at least this write, and need not have what was written since. Without it every answer has all that was written before
                 * @example 0000000100000000042C7B10
                 */
                "X-CloudPAM-Position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get what runs */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description The caller has it already */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get who the caller is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List tokens */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Create a token */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a token */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a token */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    rotateToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a token a new secret */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listLoginProviders: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the providers to log in with */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginProviders"];
                };
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    startLogin: {
        parameters: {
            query?: {
                /** @description The provider to log in with, by name; it may be left out where there is one */
                provider?: string;
                /** @description The path of this server where the browser goes in the end */
                return_to?: string;
                /** @description Has the provider ask who logs in, also where it knows someone */
                prompt?: components["schemas"]["LoginPrompt"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin a login */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description To the login page, which tells the problem */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Header fields too large */
            431: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Provider unavailable */
            502: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishLogin: {
        parameters: {
            query?: {
                /** @description What the tokens are fetched with */
                code?: string;
                /** @description Which login it answers */
                state?: string;
                /** @description Who answers (RFC 9207) */
                iss?: string;
                /** @description What OpenID Connect Session Management adds; not used */
                session_state?: string;
                /** @description Why there is no login */
                error?: string;
                /** @description The same for people */
                error_description?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Finish a login */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Header fields too large */
            431: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Provider unavailable */
            502: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key and body again give the same answer and no second effect: 1 to 255 visible ASCII characters
                 * @example order-4711
                 */
                "Idempotency-Key"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log out */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not authenticated */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported media type */
            415: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable */
            422: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Header fields too large */
            431: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not ready */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logOutAtProvider: {
        parameters: {
            query?: {
                /** @description The provider, by name; it may be left out where there is one */
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log out at the provider */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["ProviderUnavailable"];
            503: components["responses"]["NotReady"];
        };
    };
    logOutByProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["BackchannelLogout"];
            };
        };
        responses: {
            /** @description Be told of a logout */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            405: components["responses"]["MethodNotAllowed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["ProviderUnavailable"];
            503: components["responses"]["NotReady"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of exactly this name */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List people */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a person */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag that the change is based on; 412 when it is not the newest
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Change a person's access */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description The `next_cursor` of the page before, with the same filter and `page_size`; then `page` does not count */
                cursor?: string;
                /** @description Entries on a page; all of them when left out */
                page_size?: number;
            };
            header?: never;
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the sessions of a person */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessions"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Why, for the audit entry, in UTF-8; cut at 1,000 characters. `X-Change-Reason*` takes it in ASCII (RFC 8187)
                 * @example CHG-1234
                 */
                "X-Change-Reason"?: string;
            };
            path: {
                /** @description The id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End the sessions of a person */
            200: {
                headers: {
                    "X-CloudPAM-Position": components["headers"]["X-CloudPAM-Position"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["NotAuthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeaderFieldsTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the event */
                "webhook-id": string;
                /** @description When it was sent, in seconds since 1970 */
                "webhook-timestamp": string;
                /** @description One or two signatures with a space between them: `v1,` and HMAC-SHA-256 in base64 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cloudevents+json": components["schemas"]["CloudEvent"];
            };
        };
        responses: {
            /** @description Nobody wants to be told any more: the webhook is paused */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is tried again */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
