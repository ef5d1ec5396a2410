// Made from openapi.json by tools/openapi.mjs; do not edit.
export interface paths {
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Pools_list"];
        put?: never;
        post: operations["Pools_create"];
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
        get: operations["Pools_blocks"];
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
        post: operations["Pools_bulk"];
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
        get: operations["Pools_get"];
        put?: never;
        post?: never;
        delete: operations["Pools_remove"];
        options?: never;
        head?: never;
        patch: operations["Pools_patch"];
        trace?: never;
    };
    "/api/v1/pools/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Pools_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools/{id}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Pools_children"];
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
        get: operations["Pools_ancestors"];
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
        get: operations["Pools_tree"];
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
        get: operations["Pools_candidates"];
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
        get: operations["Pools_free"];
        put?: never;
        post?: never;
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
        post: operations["Allocations_allocate"];
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
        post: operations["Allocations_allocateSelected"];
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
        post: operations["Allocations_split"];
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
        post: operations["Allocations_merge"];
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
        post: operations["Allocations_move"];
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
         * @description Lists accounts by key; whoever has limits sees those of their pools. Needs the permission `accounts:read`.
         */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Create an account
         * @description Makes an account or project of a cloud that pools and collectors can name. Its problems: `name_taken`. Needs the permission `accounts:write`, without limits to some accounts or pools.
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
    "/api/v1/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List regions
         * @description Lists the regions of scopes, accounts and pools: what a filter can offer. Needs the permission `pools:read`.
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
    "/api/v1/vrfs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List VRFs
         * @description Lists VRFs by name; whoever has limits sees those of their pools. Needs the permission `vrfs:read`.
         */
        get: operations["listVrfs"];
        put?: never;
        /**
         * Create a VRF
         * @description Makes a VRF: a routing domain with addresses of its own. Its problems: `name_taken`. Needs the permission `vrfs:write`, without limits to some accounts or pools.
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
    "/api/v1/vlans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List VLANs
         * @description Lists VLANs by VLAN id and name; whoever has limits sees those of their pools. Needs the permission `vlans:read`.
         */
        get: operations["listVlans"];
        put?: never;
        /**
         * Create a VLAN
         * @description Makes a VLAN that pools can name. Its problems: `name_taken`. Needs the permission `vlans:write`, without limits to some accounts or pools.
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
         * @description Changes the fields that are given; with If-Match only the version that was read. Its problems: `vlan_not_found`, `name_taken`, `version_mismatch`. Needs the permission `vlans:write`, without limits to some accounts or pools.
         */
        patch: operations["updateVlan"];
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
        post: operations["Snapshots_post"];
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
        get: operations["Inventory_status"];
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
        get: operations["Inventory_resources"];
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
        get: operations["Inventory_findings"];
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
        get: operations["Inventory_networks"];
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
        get: operations["Inventory_resource"];
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
        post: operations["Inventory_isolate"];
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
        post: operations["Decisions_decideMany"];
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
        post: operations["Decisions_import"];
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
        post: operations["Decisions_approve"];
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
        post: operations["Decisions_reject"];
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
        post: operations["Decisions_ignore"];
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
        post: operations["Decisions_restore"];
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
        post: operations["Decisions_adopt"];
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
        post: operations["Decisions_release"];
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
        post: operations["Jobs_trigger"];
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
        get: operations["Jobs_list"];
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
        get: operations["Jobs_job"];
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
        post: operations["Jobs_cancel"];
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
        get: operations["Agents_list"];
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
        post: operations["Agents_heartbeat"];
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
        post: operations["Agents_schedule"];
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
        post: operations["Agents_claim"];
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
        post: operations["Agents_progress"];
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
        post: operations["Agents_finish"];
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
        get: operations["Search_search"];
        put?: never;
        post?: never;
        delete?: never;
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
        get: operations["Audit_list"];
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
        get: operations["Audit_export"];
        put?: never;
        post?: never;
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
        get: operations["Export_export"];
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
        get: operations["Tokens_me"];
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
        get: operations["Tokens_list"];
        put?: never;
        post: operations["Tokens_create"];
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
        get: operations["Tokens_get"];
        put?: never;
        post?: never;
        delete: operations["Tokens_revoke"];
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
        post: operations["Tokens_rotate"];
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
        get: operations["Login_providers"];
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
        get: operations["Login_start"];
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
        get: operations["Login_finish"];
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
        post: operations["Logout_end"];
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
        get: operations["Logout_atProvider"];
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
        post: operations["Logout_byProvider"];
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
        get: operations["Users_list"];
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
        get: operations["Users_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["Users_change"];
        trace?: never;
    };
    "/api/v1/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Users_listSessions"];
        put?: never;
        post?: never;
        delete: operations["Users_end"];
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
        get: operations["Health_live"];
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
        get: operations["Health_ready"];
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
        get: operations["Health_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        Provider: "aws" | "gcp" | "azure" | "onprem";
        /**
         * @description What happens to new resources of it; null for the server's own policy
         * @enum {string}
         */
        DiscoveryPolicy: "auto" | "approve" | "observe";
        Account: {
            /**
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updated_at: string;
            /** @description Counts the changes; also the ETag, for If-Match */
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
            /** @description For people */
            description: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy: components["schemas"]["DiscoveryPolicy"] | null;
            /** @description Seconds between two discoveries; null for the server's interval */
            discovery_interval: number | null;
        };
        AccountList: {
            /** @description The entries of this page */
            items: components["schemas"]["Account"][];
            /** @description How many entries there are on all pages, up to 10,000 */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /** @description The page, from 1 */
            page: number;
            /** @description Entries on a full page */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null at the end and where the list has none */
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
            /** @description For people */
            description?: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy?: components["schemas"]["DiscoveryPolicy"] | null;
            /** @description Seconds between two discoveries; null for the server's interval */
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
            /** @description For people */
            description?: string;
            /** @description What happens to new resources of it; null for the server's own policy */
            discovery_policy?: components["schemas"]["DiscoveryPolicy"] | null;
            /** @description Seconds between two discoveries; null for the server's interval */
            discovery_interval?: number | null;
        };
        Region: {
            /**
             * @description The cloud's own name
             * @example eu-central-1
             */
            region: string;
        };
        Regions: {
            /** @description By name */
            items: components["schemas"]["Region"][];
        };
        Vrf: {
            /**
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updated_at: string;
            /** @description Counts the changes; also the ETag, for If-Match */
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
            /** @description For people */
            description: string;
        };
        VrfList: {
            /** @description The entries of this page */
            items: components["schemas"]["Vrf"][];
            /** @description How many entries there are on all pages, up to 10,000 */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /** @description The page, from 1 */
            page: number;
            /** @description Entries on a full page */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null at the end and where the list has none */
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
            /** @description For people */
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
            /** @description For people */
            description?: string;
        };
        Vlan: {
            /**
             * @description The id
             * @example 7
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was made
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updated_at: string;
            /** @description Counts the changes; also the ETag, for If-Match */
            version: number;
            /**
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid: number;
            /**
             * @description Unique in its group
             * @example office
             */
            name: string;
            /**
             * @description Within a group a VLAN id is unique
             * @example berlin
             */
            group: string;
            /** @description For people */
            description: string;
        };
        VlanList: {
            /** @description The entries of this page */
            items: components["schemas"]["Vlan"][];
            /** @description How many entries there are on all pages, up to 10,000 */
            total: number;
            /** @description There are more than 10,000 entries */
            total_is_estimate: boolean;
            /** @description The page, from 1 */
            page: number;
            /** @description Entries on a full page */
            page_size: number;
            /** @description Where the next page begins, for `cursor`; null at the end and where the list has none */
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        NewVlan: {
            /**
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid: number;
            /**
             * @description Unique in its group
             * @example office
             */
            name: string;
            /**
             * @description Within a group a VLAN id is unique
             * @example berlin
             */
            group?: string;
            /** @description For people */
            description?: string;
        };
        VlanPatch: {
            /**
             * @description The VLAN id of IEEE 802.1Q
             * @example 120
             */
            vid?: number;
            /**
             * @description Unique in its group
             * @example office
             */
            name?: string;
            /**
             * @description Within a group a VLAN id is unique
             * @example berlin
             */
            group?: string;
            /** @description For people */
            description?: string;
        };
        Pool: {
            id: number;
            vrf_id: number;
            parent_id: number | null;
            name: string;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {integer} */
            family: 4 | 6;
            /** @enum {string} */
            kind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status: "planned" | "active" | "deprecated";
            /** @enum {string} */
            source: "manual" | "discovered";
            account_id: number | null;
            /** @enum {string|null} */
            provider: "aws" | "gcp" | "azure" | "onprem" | null;
            external_id: string | null;
            external_vpc: string | null;
            region: string | null;
            /** @enum {string|null} */
            sync_status: "synced" | "drift" | "orphaned" | null;
            /** Format: date-time */
            last_sync_at: string | null;
            description: string;
            tags: {
                [key: string]: string;
            };
            vlan_id: number | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            key: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
            utilization: {
                /** @description A count of addresses, which can pass 2^53 */
                total: string;
                /** @description A count of addresses, which can pass 2^53 */
                used: string;
                /** @description A count of addresses, which can pass 2^53 */
                reserved: string;
                /** @description A count of addresses, which can pass 2^53 */
                free: string;
                ratio: number;
            };
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            child_count?: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: {
                /** @enum {string} */
                code: "in_use_by_cloud";
                detail: string;
            }[];
        };
        PoolMove: {
            id: number;
            vrf_id: number;
            parent_id: number | null;
            name: string;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {integer} */
            family: 4 | 6;
            /** @enum {string} */
            kind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status: "planned" | "active" | "deprecated";
            /** @enum {string} */
            source: "manual" | "discovered";
            account_id: number | null;
            /** @enum {string|null} */
            provider: "aws" | "gcp" | "azure" | "onprem" | null;
            external_id: string | null;
            external_vpc: string | null;
            region: string | null;
            /** @enum {string|null} */
            sync_status: "synced" | "drift" | "orphaned" | null;
            /** Format: date-time */
            last_sync_at: string | null;
            description: string;
            tags: {
                [key: string]: string;
            };
            vlan_id: number | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            key: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
            utilization: {
                /** @description A count of addresses, which can pass 2^53 */
                total: string;
                /** @description A count of addresses, which can pass 2^53 */
                used: string;
                /** @description A count of addresses, which can pass 2^53 */
                reserved: string;
                /** @description A count of addresses, which can pass 2^53 */
                free: string;
                ratio: number;
            };
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            child_count?: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: {
                /** @enum {string} */
                code: "in_use_by_cloud";
                detail: string;
            }[];
            moved_count?: number;
            /** @description With `with_children`: the first 100 pools that move */
            moved?: {
                pool_id: number;
                name: string;
                /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                from: string;
                /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                to: string;
            }[];
        };
        PoolTree: {
            id: number;
            vrf_id: number;
            parent_id: number | null;
            name: string;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {integer} */
            family: 4 | 6;
            /** @enum {string} */
            kind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status: "planned" | "active" | "deprecated";
            /** @enum {string} */
            source: "manual" | "discovered";
            account_id: number | null;
            /** @enum {string|null} */
            provider: "aws" | "gcp" | "azure" | "onprem" | null;
            external_id: string | null;
            external_vpc: string | null;
            region: string | null;
            /** @enum {string|null} */
            sync_status: "synced" | "drift" | "orphaned" | null;
            /** Format: date-time */
            last_sync_at: string | null;
            description: string;
            tags: {
                [key: string]: string;
            };
            vlan_id: number | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            key: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
            utilization: {
                /** @description A count of addresses, which can pass 2^53 */
                total: string;
                /** @description A count of addresses, which can pass 2^53 */
                used: string;
                /** @description A count of addresses, which can pass 2^53 */
                reserved: string;
                /** @description A count of addresses, which can pass 2^53 */
                free: string;
                ratio: number;
            };
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            child_count: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: {
                /** @enum {string} */
                code: "in_use_by_cloud";
                detail: string;
            }[];
            children: components["schemas"]["PoolTree"][];
            /** @description Not all children are in this answer */
            truncated: boolean;
        };
        PoolTreePage: {
            id: number;
            vrf_id: number;
            parent_id: number | null;
            name: string;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {integer} */
            family: 4 | 6;
            /** @enum {string} */
            kind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status: "planned" | "active" | "deprecated";
            /** @enum {string} */
            source: "manual" | "discovered";
            account_id: number | null;
            /** @enum {string|null} */
            provider: "aws" | "gcp" | "azure" | "onprem" | null;
            external_id: string | null;
            external_vpc: string | null;
            region: string | null;
            /** @enum {string|null} */
            sync_status: "synced" | "drift" | "orphaned" | null;
            /** Format: date-time */
            last_sync_at: string | null;
            description: string;
            tags: {
                [key: string]: string;
            };
            vlan_id: number | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            key: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
            utilization: {
                /** @description A count of addresses, which can pass 2^53 */
                total: string;
                /** @description A count of addresses, which can pass 2^53 */
                used: string;
                /** @description A count of addresses, which can pass 2^53 */
                reserved: string;
                /** @description A count of addresses, which can pass 2^53 */
                free: string;
                ratio: number;
            };
            /** @description A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free */
            uncounted_hosts: boolean;
            child_count: number;
            /** @description Where a pool is made by hand: what a cloud uses in its space */
            warnings?: {
                /** @enum {string} */
                code: "in_use_by_cloud";
                detail: string;
            }[];
            children: components["schemas"]["PoolTree"][];
            /** @description Not all children are in this answer */
            truncated: boolean;
            next_cursor: string | null;
        };
        PastPool: {
            id: number;
            vrf_id: number;
            parent_id: number | null;
            name: string;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {integer} */
            family: 4 | 6;
            /** @enum {string} */
            kind: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status: "planned" | "active" | "deprecated";
            /** @enum {string} */
            source: "manual" | "discovered";
            account_id: number | null;
            external_id: string | null;
            external_vpc: string | null;
            region: string | null;
            /** @enum {string|null} */
            sync_status: "synced" | "drift" | "orphaned" | null;
            description: string;
            tags: {
                [key: string]: string;
            };
            vlan_id: number | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description What holds for the direct children of the pool */
            rules: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            key: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description A new pool. The other fields of a pool (id, family, source, provider, external_id, external_vpc, sync_status, last_sync_at, created_at, updated_at, version, utilization, uncounted_hosts, key, child_count, warnings) may stand there and are left out; with an id parent_id is left out too */
        BulkRow: {
            name: string;
            /** @enum {string} */
            kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            /** @enum {string} */
            status?: "planned" | "active" | "deprecated";
            account_id?: number | null;
            region?: string | null;
            description?: string;
            tags?: {
                [key: string]: string;
            };
            vlan_id?: number | null;
            /** Format: date-time */
            expires_at?: string | null;
            /** @description What holds for the direct children of the pool */
            rules?: {
                min_prefix_length?: number | null;
                max_prefix_length?: number | null;
                default_prefix_length?: number | null;
                required_tags?: string[];
            } | null;
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            vrf_id?: number;
            parent_id?: number | null;
            id?: unknown;
            family?: unknown;
            source?: unknown;
            provider?: unknown;
            external_id?: unknown;
            external_vpc?: unknown;
            sync_status?: unknown;
            last_sync_at?: unknown;
            created_at?: unknown;
            updated_at?: unknown;
            version?: unknown;
            utilization?: unknown;
            uncounted_hosts?: unknown;
            key?: unknown;
            child_count?: unknown;
            warnings?: unknown;
        };
        Pools: {
            items: components["schemas"]["Pool"][];
        };
        Block: {
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            cidr: string;
            /** @enum {string} */
            status: "free" | "used" | "partial";
            pool_id: number | null;
            pool_name: string | null;
        };
        BlockPage: {
            items: components["schemas"]["Block"][];
            /** @description A count of addresses, which can pass 2^53 */
            total: string;
            page: number;
            page_size: number;
            next_cursor: string | null;
        };
        FreePage: {
            items: {
                /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                cidr: string;
                /** @description A count of addresses, which can pass 2^53 */
                size: string;
            }[];
            /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
            largest_free: string | null;
            next_cursor: string | null;
        };
        Deletion: {
            deleted: {
                pool_id: number;
                /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                cidr: string;
                name: string;
            }[];
            deleted_count: number;
            reparented_count: number;
        };
        BulkResult: {
            created: number;
            results: {
                index: number;
                /** @enum {string} */
                status: "created" | "error";
                pool_id?: number;
                problem?: components["schemas"]["Problem"];
                /** @description Where a pool is made by hand: what a cloud uses in its space */
                warnings?: {
                    /** @enum {string} */
                    code: "in_use_by_cloud";
                    detail: string;
                }[];
            }[];
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            code: string;
            request_id: string;
            errors?: {
                field: string;
                code: string;
                detail: string;
            }[];
            conflicts?: {
                pool_id: number;
                /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                cidr: string;
                name: string;
            }[];
            largest_free?: string;
        };
        DiscoveryResult: {
            imported: number;
            updated: number;
            orphaned: number;
            unchanged: number;
            conflicts: number;
            errors: {
                account: string;
                region: string;
                code: string;
                detail: string;
            }[];
            scopes: {
                account: string;
                region: string;
                imported: number;
                updated: number;
                orphaned: number;
                unchanged: number;
                conflicts: number;
            }[];
        };
        Resource: {
            id: number;
            network_id: number;
            network_external_id: string;
            vrf_id: number;
            account_id: number;
            account_key: string;
            /** @enum {string} */
            provider: "aws" | "gcp" | "azure" | "onprem";
            region: string;
            zone_id: string | null;
            /** @enum {string} */
            kind: "vpc" | "subnet" | "secondary_range";
            external_id: string;
            name: string;
            cidr: string;
            tags: {
                [key: string]: string;
            };
            pool_id: number | null;
            /** @enum {string} */
            management: "managed" | "unmanaged" | "ignored" | "pending";
            management_reason: string;
            /** @enum {string} */
            overlap_status: "overlapping" | "nonoverlapping" | "ignored";
            overlap_reason: string;
            /** @enum {string} */
            sync_status: "synced" | "drift" | "orphaned";
            sync_reason: string;
            /** Format: date-time */
            orphaned_at: string | null;
            outpost: string | null;
            /** @enum {string} */
            placement: "region" | "local_zone" | "wavelength_zone" | "outpost";
            conflict: string;
            compliance: string;
            ignored: {
                [key: string]: components["schemas"]["Dismissal"];
            };
            explained_by: number | null;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
        };
        Network: {
            id: number;
            account_id: number;
            account_key: string;
            /** @enum {string} */
            provider: "aws" | "gcp" | "azure" | "onprem";
            region: string;
            external_id: string;
            name: string;
            is_default: boolean;
            vrf_id: number;
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            gone_at: string | null;
        };
        Dismissal: {
            reason: string;
            by: string;
            /** Format: date-time */
            until: string | null;
        };
        Finding: {
            id: string;
            /** @enum {string} */
            type: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "unseen";
            /** @enum {string} */
            status: "open" | "ignored";
            reason: string;
            ignored: components["schemas"]["Dismissal"] | null;
            account_id: number;
            account_key: string;
            region: string;
            resource: components["schemas"]["Resource"] | null;
        };
        Decisions: {
            done: number;
            refused: number;
            results: {
                resource_id: number;
                /** @enum {string} */
                status: "done" | "refused";
                resource?: components["schemas"]["Resource"] | null;
                problem?: components["schemas"]["Problem"];
            }[];
        };
        Isolation: {
            network: components["schemas"]["Network"];
            moved_pools: number;
            imported: number;
            conflicts: number;
        };
        DiscoveryStatus: {
            items: {
                account_id: number;
                account_key: string;
                account_name: string;
                /** @enum {string} */
                provider: "aws" | "gcp" | "azure" | "onprem";
                /** Format: date-time */
                last_run_at: string | null;
                /** @enum {string} */
                status: "complete" | "partial" | "failed";
                /** @enum {string} */
                policy: "auto" | "approve" | "observe";
                unseen: string | null;
                job: components["schemas"]["Job"] | null;
                vpc_count: number;
                subnet_count: number;
                error_msg: string | null;
                coverage: {
                    region: string;
                    /** @enum {string} */
                    coverage: "complete" | "partial" | "failed";
                    /** Format: date-time */
                    collected_at: string | null;
                    /** Format: date-time */
                    complete_at: string | null;
                    error_code: string | null;
                    error_msg: string | null;
                    unseen: string | null;
                    vpc_count: number;
                    subnet_count: number;
                }[];
            }[];
            findings: {
                overlap: number;
                conflict: number;
                drift: number;
                orphan: number;
                unmanaged: number;
                compliance: number;
                unseen: number;
            };
            /** @enum {string} */
            policy: "auto" | "approve" | "observe";
            interval_seconds: number;
        };
        Job: {
            id: number;
            account_id: number;
            account_key: string;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
            requested_by: string;
            /** Format: date-time */
            requested_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            agent: string | null;
            attempt: number;
            scopes_done: number;
            scopes_total: number | null;
            message: string;
            error: string | null;
            counts: {
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
        Claim: {
            job: {
                id: number;
                account: string;
                lease: string;
                /** Format: date-time */
                lease_expires_at: string;
                /** Format: date-time */
                requested_at: string;
                attempt: number;
            } | null;
        };
        Lease: {
            /** Format: date-time */
            lease_expires_at: string;
        };
        Queued: {
            queued: number;
        };
        HeartbeatAnswer: {
            lease_seconds: number;
            heartbeat_seconds: number;
        };
        Agent: {
            /** Format: uuid */
            instance: string;
            name: string;
            version: string;
            providers: ("aws" | "gcp" | "azure" | "onprem")[];
            accounts: string[];
            interval_seconds: number | null;
            /** @enum {string} */
            status: "online" | "offline";
            /** Format: date-time */
            first_seen_at: string;
            /** Format: date-time */
            last_seen_at: string;
            job: number | null;
        };
        SearchResult: {
            /** @enum {string} */
            type: "pool" | "account" | "block" | "resource";
            id: number;
            title: string;
            subtitle: string;
            cidr?: string;
            vrf_id?: number;
            vrf_name?: string;
            account_id?: number;
            account_key?: string;
            pool?: components["schemas"]["Pool"];
            account?: components["schemas"]["Account"];
            /** @enum {string} */
            match: "contains" | "equal" | "within" | "external_id" | "name" | "tag";
        };
        SearchAnswer: {
            /** @enum {string} */
            query_kind: "ip" | "cidr" | "range" | "tag" | "text";
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
            results: components["schemas"]["SearchResult"][];
            /** @description All that was found, also beyond `limit` */
            total: number;
            total_is_estimate: boolean;
        };
        AuditEntry: {
            id: number;
            /** Format: date-time */
            timestamp: string;
            actor: {
                /** @enum {string} */
                type: "user" | "token" | "collector" | "system";
                id: string;
                name: string;
            };
            action: string;
            entity_type: string;
            entity_id: string;
            diff: {
                before: {
                    [key: string]: unknown;
                } | null;
                after: {
                    [key: string]: unknown;
                } | null;
            };
            request_id: string;
            reason: string | null;
        };
        AuditList: {
            entries: components["schemas"]["AuditEntry"][];
            total: number;
            next_cursor: string | null;
            /** @description How the text was read, where that is not word for word */
            read_as: string | null;
        };
        PoolEvent: {
            id: number;
            /** Format: date-time */
            timestamp: string;
            actor: {
                /** @enum {string} */
                type: "user" | "token" | "collector" | "system";
                id: string;
                name: string;
            };
            action: string;
            entity_type: string;
            entity_id: string;
            diff: {
                before: {
                    [key: string]: unknown;
                } | null;
                after: {
                    [key: string]: unknown;
                } | null;
            };
            request_id: string;
            reason: string | null;
            /** @description The pool after the change, without its place in the tree; null once it is deleted */
            state: {
                [key: string]: unknown;
            } | null;
        };
        Token: {
            id: number;
            public_id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin" | "collector";
            read_only: boolean;
            /** @description A collector limited to accounts may also report what other accounts own and share with these */
            shared_resources: boolean;
            accounts: string[] | null;
            pools: number[] | null;
            created_by: string;
            created_by_name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
        };
        NewToken: {
            id: number;
            public_id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin" | "collector";
            read_only: boolean;
            /** @description A collector limited to accounts may also report what other accounts own and share with these */
            shared_resources: boolean;
            accounts: string[] | null;
            pools: number[] | null;
            created_by: string;
            created_by_name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** @description Shown once: null when the same Idempotency-Key asks again */
            secret: string | null;
        };
        Me: {
            actor: {
                type: string;
                id: string;
                name: string;
            };
            /** @enum {string} */
            role: "viewer" | "editor" | "admin" | "collector";
            read_only: boolean;
            accounts: string[] | null;
            pools: number[] | null;
            permissions: string[];
            version: string;
            csrf_token: string | null;
            provider: string | null;
        };
        LoginProvider: {
            name: string;
            label: string;
            login_url: string;
        };
        LoginProviders: {
            items: components["schemas"]["LoginProvider"][];
            signed_in: boolean;
            auto_login: boolean;
        };
        LoggedOut: {
            logout_url: string | null;
        };
        User: {
            id: number;
            provider: string;
            issuer: string;
            subject: string;
            email: string | null;
            name: string;
            /** @enum {string} */
            role: "viewer" | "editor" | "admin";
            role_pinned: boolean;
            groups: string[];
            active: boolean;
            accounts: string[] | null;
            pools: number[] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_login_at: string;
            /** Format: date-time */
            refused_at: string | null;
            version: number;
        };
        UserList: {
            items: components["schemas"]["User"][];
            total: number;
            total_is_estimate: boolean;
            page: number;
            page_size: number;
            next_cursor: string | null;
        };
        UserSession: {
            id: number;
            provider: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            last_used_at: string;
            user_agent: string;
            ip: string;
            current: boolean;
        };
        UserSessions: {
            items: components["schemas"]["UserSession"][];
        };
        EndedSessions: {
            ended: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Pools_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                cursor?: string;
                sort?: string;
                vrf_id?: number;
                account_id?: number;
                parent_id?: string;
                kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                status?: "planned" | "active" | "deprecated";
                source?: "manual" | "discovered";
                sync_status?: "synced" | "drift" | "orphaned";
                region?: string;
                tag?: string[];
                cidr_contains?: string;
                cidr_within?: string;
                q?: string;
                external_id?: string;
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pool"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                        /** @description How the text was read, where that is not word for word */
                        read_as: string | null;
                    } | {
                        items: components["schemas"]["PastPool"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                        /** @description How the text was read, where that is not word for word */
                        read_as: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_create: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                    /** @enum {string} */
                    status?: "planned" | "active" | "deprecated";
                    account_id?: number | null;
                    region?: string | null;
                    description?: string;
                    tags?: {
                        [key: string]: string;
                    };
                    vlan_id?: number | null;
                    /** Format: date-time */
                    expires_at?: string | null;
                    /** @description What holds for the direct children of the pool */
                    rules?: {
                        min_prefix_length?: number | null;
                        max_prefix_length?: number | null;
                        default_prefix_length?: number | null;
                        required_tags?: string[];
                    } | null;
                    /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                    cidr: string;
                    vrf_id?: number;
                    parent_id?: number | null;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description The answer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_blocks: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                cursor?: string;
                sort?: string;
                accounts?: string;
                pools?: string;
                vrf_id?: number;
                kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pool"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_bulk: {
        parameters: {
            query?: {
                mode?: "atomic" | "partial";
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rows as BulkRow describes them */
                    items: unknown[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_remove: {
        parameters: {
            query?: {
                cascade?: boolean;
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_patch: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {string} */
                    kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                    /** @enum {string} */
                    status?: "planned" | "active" | "deprecated";
                    account_id?: number | null;
                    region?: string | null;
                    description?: string;
                    tags?: {
                        [key: string]: string;
                    };
                    vlan_id?: number | null;
                    /** Format: date-time */
                    expires_at?: string | null;
                    /** @description What holds for the direct children of the pool */
                    rules?: {
                        min_prefix_length?: number | null;
                        max_prefix_length?: number | null;
                        default_prefix_length?: number | null;
                        required_tags?: string[];
                    } | null;
                    /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                    cidr?: string;
                    vrf_id?: number;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_history: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PoolEvent"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_children: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                cursor?: string;
                sort?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pool"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_ancestors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_tree: {
        parameters: {
            query?: {
                depth?: number;
                page_size?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolTreePage"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_candidates: {
        parameters: {
            query: {
                new_prefix_len: number;
                status?: "free" | "used" | "all";
                cursor?: string;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockPage"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pools_free: {
        parameters: {
            query?: {
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreePage"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Allocations_allocate: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                    /** @enum {string} */
                    status?: "planned" | "active" | "deprecated";
                    account_id?: number | null;
                    region?: string | null;
                    description?: string;
                    tags?: {
                        [key: string]: string;
                    };
                    vlan_id?: number | null;
                    /** Format: date-time */
                    expires_at?: string | null;
                    /** @description What holds for the direct children of the pool */
                    rules?: {
                        min_prefix_length?: number | null;
                        max_prefix_length?: number | null;
                        default_prefix_length?: number | null;
                        required_tags?: string[];
                    } | null;
                    prefix_length?: number;
                    count?: number;
                    /** @description Unique among the living pools of the VRF. The same key and wish is answered 200 with the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone */
                    key?: string;
                    /** @enum {string} */
                    strategy?: "first_fit" | "best_fit" | "last_fit";
                    /** @description Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted */
                    accept_uncounted_hosts?: boolean;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description The answer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Allocations_allocateSelected: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                    /** @enum {string} */
                    status?: "planned" | "active" | "deprecated";
                    account_id?: number | null;
                    region?: string | null;
                    description?: string;
                    tags?: {
                        [key: string]: string;
                    };
                    vlan_id?: number | null;
                    /** Format: date-time */
                    expires_at?: string | null;
                    /** @description What holds for the direct children of the pool */
                    rules?: {
                        min_prefix_length?: number | null;
                        max_prefix_length?: number | null;
                        default_prefix_length?: number | null;
                        required_tags?: string[];
                    } | null;
                    prefix_length?: number;
                    count?: number;
                    /** @description Unique among the living pools of the VRF. The same key and wish is answered 200 with the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone */
                    key?: string;
                    /** @enum {string} */
                    strategy?: "first_fit" | "best_fit" | "last_fit";
                    /** @description Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted */
                    accept_uncounted_hosts?: boolean;
                    selector: {
                        tags?: {
                            [key: string]: string;
                        };
                        region?: string;
                        vrf_id?: number;
                        /** @enum {string} */
                        kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                        /** @enum {integer} */
                        family?: 4 | 6;
                    };
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description The answer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Allocations_split: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    prefix_length: number;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pools"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Allocations_merge: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pool_ids: number[];
                    name?: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Allocations_move: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952) */
                    cidr: string;
                    vrf_id?: number;
                    /** @description Takes everything below the pool along, to a place of the same size */
                    with_children?: boolean;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolMove"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Of this provider */
                provider?: components["schemas"]["Provider"];
                /** @description Of this environment */
                environment?: string;
                /** @description Part of a key, name or id, or an ARN */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Create an account */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete an account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRegions: {
        parameters: {
            query?: {
                /** @description Of this account */
                account_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List regions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Regions"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVrfs: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Part of a name or description */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List VRFs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VrfList"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description Create a VRF */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVrf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a VRF */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a VRF */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateVrf: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vrf"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVlans: {
        parameters: {
            query?: {
                /** @description The page, from 1 */
                page?: number;
                /** @description Entries on a page */
                page_size?: number;
                /** @description Part of a name or description */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List VLANs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VlanList"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description Create a VLAN */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a VLAN */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a VLAN */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateVlan: {
        parameters: {
            query?: {
                /** @description Checks and answers like the write, and changes nothing */
                dry_run?: boolean;
            };
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
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
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Vlan"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Snapshots_post: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    run_id: string;
                    collector: {
                        name: string;
                        version: string;
                    };
                    scopes: {
                        /** @enum {string} */
                        provider: "aws" | "gcp" | "azure" | "onprem";
                        account: string;
                        account_name?: string;
                        /** @description The account was named by hand, and nothing has shown that there is one: its failure makes no account (404 account_not_found) */
                        account_unproven?: boolean;
                        region: string;
                        /** @enum {string} */
                        coverage: "complete" | "partial" | "failed";
                        error?: {
                            code: string;
                            message: string;
                        } | null;
                        /** Format: date-time */
                        collected_at: string;
                        /** @description The place of this in a listing that comes in parts of one run_id, account and region, in any order, each with the networks and resources that no other has. Those before the last are kept for a day (202); the last one applies all as one listing, with its own coverage, or is refused. */
                        part?: {
                            number: number;
                            last: boolean;
                        };
                        networks: {
                            external_id: string;
                            owner_account: string;
                            region: string;
                            name: string;
                            is_default?: boolean;
                        }[];
                        resources: {
                            /** @enum {string} */
                            kind: "vpc" | "subnet" | "secondary_range";
                            external_id: string;
                            network_external_id: string;
                            owner_account: string;
                            region: string;
                            zone_id?: string | null;
                            outpost?: string | null;
                            name: string;
                            cidr: string;
                            tags?: {
                                [key: string]: string;
                            };
                        }[];
                    }[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryResult"];
                };
            };
            /** @description A part before the last one, kept for a day. Nothing has changed yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryResult"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscoveryStatus"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_resources: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                account_id?: number;
                vrf_id?: number;
                network_id?: number;
                region?: string;
                kind?: "vpc" | "subnet" | "secondary_range";
                management?: "managed" | "unmanaged" | "ignored" | "pending";
                overlap_status?: "overlapping" | "nonoverlapping" | "ignored";
                sync_status?: "synced" | "drift" | "orphaned";
                finding?: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "any";
                pool_id?: number;
                q?: string;
                cidr_within?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Resource"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                        /** @description How the text was read, where that is not word for word */
                        read_as: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_findings: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                type?: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "unseen";
                status?: "open" | "ignored";
                account_id?: number;
                vrf_id?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Finding"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                        /** @description How the text was read, where that is not word for word */
                        read_as: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_networks: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                account_id?: number;
                vrf_id?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Network"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                        /** @description How the text was read, where that is not word for word */
                        read_as: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_resource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Inventory_isolate: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    vrf_id?: number;
                    vrf_name?: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Isolation"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_decideMany: {
        parameters: {
            query?: {
                mode?: "atomic" | "partial";
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "import" | "approve" | "reject" | "ignore" | "restore" | "adopt" | "release";
                    resource_ids: number[];
                    reason?: string;
                    /** Format: date-time */
                    until?: string | null;
                    findings?: ("overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance")[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decisions"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_import: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_approve: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_reject: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    /** Format: date-time */
                    until?: string | null;
                    findings?: ("overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance")[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_ignore: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                    /** Format: date-time */
                    until?: string | null;
                    findings?: ("overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance")[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_restore: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    findings?: ("overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance")[];
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_adopt: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Decisions_release: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_trigger: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id: number;
                };
            };
        };
        responses: {
            /** @description The answer */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                account_id?: number;
                status?: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Job"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Jobs_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Agent"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_heartbeat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    instance: string;
                    name: string;
                    version: string;
                    providers: ("aws" | "gcp" | "azure" | "onprem")[];
                    accounts: string[];
                    interval_seconds: number | null;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeartbeatAnswer"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_schedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    instance: string;
                    accounts: string[];
                    /** @description Of the accounts, those that were named by hand and could not be entered: they are not made */
                    unproven?: string[];
                    older_than_seconds: number;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_claim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    instance: string;
                    wait_seconds?: number;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lease: string;
                    scopes_done: number;
                    scopes_total: number | null;
                    message: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lease"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Agents_finish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lease: string;
                    /** @enum {string} */
                    status: "succeeded" | "partial" | "failed" | "handed_back";
                    error: string | null;
                    counts: {
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
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Search_search: {
        parameters: {
            query?: {
                q?: string;
                type?: "pool" | "account" | "block" | "resource";
                cidr_contains?: string;
                cidr_within?: string;
                vrf_id?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Audit_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                entity_type?: string;
                entity_id?: string;
                actor?: string;
                action?: string;
                since?: string;
                until?: string;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Audit_export: {
        parameters: {
            query?: {
                entity_type?: string;
                entity_id?: string;
                actor?: string;
                action?: string;
                since?: string;
                until?: string;
                format?: "jsonl" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Export_export: {
        parameters: {
            query?: {
                datasets?: string;
                vrf_id?: number;
                account_id?: number;
                parent_id?: string;
                kind?: "container" | "vpc" | "subnet" | "secondary_range" | "reservation";
                status?: "planned" | "active" | "deprecated";
                source?: "manual" | "discovered";
                sync_status?: "synced" | "drift" | "orphaned";
                region?: string;
                tag?: string[];
                cidr_contains?: string;
                cidr_within?: string;
                q?: string;
                external_id?: string;
                provider?: "aws" | "gcp" | "azure" | "onprem";
                environment?: string;
                network_id?: number;
                management?: "managed" | "unmanaged" | "ignored" | "pending";
                overlap_status?: "overlapping" | "nonoverlapping" | "ignored";
                finding?: "overlap" | "conflict" | "drift" | "orphan" | "unmanaged" | "compliance" | "any";
                pool_id?: number;
                entity_type?: string;
                entity_id?: string;
                actor?: string;
                action?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Token"][];
                        total: number;
                        total_is_estimate: boolean;
                        page: number;
                        page_size: number;
                        next_cursor: string | null;
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    role: "viewer" | "editor" | "admin" | "collector";
                    read_only?: boolean;
                    /** @description A collector limited to accounts may also report what other accounts own and share with these */
                    shared_resources?: boolean;
                    accounts?: string[] | null;
                    pools?: number[] | null;
                    /** Format: date-time */
                    expires_at?: string | null;
                };
            };
        };
        responses: {
            /** @description The answer */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tokens_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Login_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginProviders"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Login_start: {
        parameters: {
            query?: {
                provider?: string;
                return_to?: string;
                prompt?: "select_account";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Login_finish: {
        parameters: {
            query?: {
                code?: string;
                state?: string;
                iss?: string;
                error?: string;
                error_description?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Logout_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Logout_atProvider: {
        parameters: {
            query?: {
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Logout_byProvider: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same answer and no second effect */
                "Idempotency-Key"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    logout_token: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "viewer" | "editor" | "admin";
                    role_pinned?: boolean;
                    active?: boolean;
                    accounts?: string[] | null;
                    pools?: number[] | null;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessions"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Users_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that the change is based on; 412 when it is not the newest */
                "If-Match"?: string;
                /** @description Goes into the audit entry */
                "X-Change-Reason"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "ready" | "read_only";
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "ready" | "read_only";
                    };
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What went wrong, and what to do (RFC 9457) */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
