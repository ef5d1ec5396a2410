// Made by audit-walk.spec.ts with EVENT_EXAMPLES=write; do not edit.
import type { CloudEventData } from '@cloudpam/events';

/** What a real event of a type tells; the rest of it is the same for all. */
export type EventExample = Pick<
  CloudEventData,
  'entity_id' | 'place' | 'former_place' | 'before' | 'after'
>;

/** An example of each type. */
export const EVENT_EXAMPLES: Readonly<Record<string, EventExample>> = {
  "account.create": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "key": "aws:222222222222",
      "name": "a",
      "provider": "aws",
      "external_id": "222222222222",
      "platform": null,
      "tier": null,
      "environment": null,
      "regions": [],
      "description": "",
      "discovery_policy": null,
      "discovery_interval": null
    }
  },
  "account.delete": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "key": "aws:111111111111",
      "name": "prod",
      "provider": "aws",
      "external_id": "111111111111",
      "platform": null,
      "tier": null,
      "environment": null,
      "regions": [],
      "description": "",
      "discovery_policy": null,
      "discovery_interval": null
    },
    "after": null
  },
  "account.update": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "name": "prod"
    },
    "after": {
      "name": "b"
    }
  },
  "address.allocate": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.1/32",
      "kind": "address"
    },
    "former_place": null,
    "before": null,
    "after": {
      "address": "10.0.0.1",
      "vrf_id": 1,
      "name": "a",
      "status": "active",
      "role": "host",
      "dns_name": null,
      "mac": null,
      "account_id": null,
      "description": "",
      "tags": {},
      "expires_at": null
    }
  },
  "address.create": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.5/32",
      "kind": "address"
    },
    "former_place": null,
    "before": null,
    "after": {
      "address": "10.0.0.5",
      "vrf_id": 1,
      "name": "",
      "status": "active",
      "role": "host",
      "dns_name": null,
      "mac": null,
      "account_id": null,
      "description": "",
      "tags": {},
      "expires_at": null
    }
  },
  "address.delete": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.5/32",
      "kind": "address"
    },
    "former_place": null,
    "before": {
      "address": "10.0.0.5",
      "vrf_id": 1,
      "name": "",
      "status": "active",
      "role": "host",
      "dns_name": null,
      "mac": null,
      "account_id": null,
      "description": "",
      "tags": {},
      "expires_at": null
    },
    "after": null
  },
  "address.move": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.30.1.5/32",
      "kind": "address"
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.5/32",
      "kind": "address"
    },
    "before": {
      "address": "10.20.1.5"
    },
    "after": {
      "address": "10.30.1.5"
    }
  },
  "address.update": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.5/32",
      "kind": "address"
    },
    "former_place": null,
    "before": {
      "name": ""
    },
    "after": {
      "name": "b"
    }
  },
  "digest.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "name": "a",
      "recipients": 1,
      "recipient_domains": [
        "example.com"
      ],
      "schedule": {
        "every": "weekly",
        "weekday": 1,
        "hour": 7,
        "time_zone": "UTC"
      },
      "filter": {
        "vrf_ids": [],
        "account_ids": [],
        "pool_ids": [],
        "tags": []
      },
      "severity": null,
      "sections": [
        "findings",
        "leases",
        "forecasts"
      ],
      "send_empty": false,
      "enabled": true,
      "version": 1
    }
  },
  "digest.delete": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "morning",
      "recipients": 1,
      "recipient_domains": [
        "example.com"
      ],
      "schedule": {
        "every": "daily",
        "weekday": null,
        "hour": 7,
        "time_zone": "Europe/Berlin"
      },
      "filter": {
        "vrf_ids": [],
        "account_ids": [],
        "pool_ids": [],
        "tags": []
      },
      "severity": null,
      "sections": [
        "findings",
        "leases",
        "forecasts"
      ],
      "send_empty": false,
      "enabled": true,
      "version": 1
    },
    "after": null
  },
  "digest.fail": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "due_at": "2026-11-30T06:00:00.000Z",
      "attempts": 9
    }
  },
  "digest.send": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "due_at": "2026-11-30T06:00:00.000Z",
      "recipients": 1,
      "refused": 0
    }
  },
  "digest.test": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "recipients": 1
    }
  },
  "digest.update": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "morning",
      "version": 1
    },
    "after": {
      "name": "b",
      "version": 2
    }
  },
  "finding.begin": {
    "entity_id": "all",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "lease_ends": 1
    }
  },
  "finding.close": {
    "entity_id": "lease_ends:2",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.2.0.0/16",
      "kind": "container"
    },
    "former_place": null,
    "before": {
      "type": "lease_ends",
      "severity": "warning",
      "subject": "pool",
      "subject_id": 2,
      "name": "10.2.0.0/16",
      "cidr": "10.2.0.0/16",
      "region": null,
      "pool_id": 2,
      "pool_name": "10.2.0.0/16",
      "detail": "its lease ends on 2026-12-01: renew it, or give it back"
    },
    "after": null
  },
  "finding.open": {
    "entity_id": "lease_ends:2",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.2.0.0/16",
      "kind": "container"
    },
    "former_place": null,
    "before": null,
    "after": {
      "type": "lease_ends",
      "severity": "warning",
      "subject": "pool",
      "subject_id": 2,
      "name": "10.2.0.0/16",
      "cidr": "10.2.0.0/16",
      "region": null,
      "pool_id": 2,
      "pool_name": "10.2.0.0/16",
      "detail": "its lease ends on 2026-12-01: renew it, or give it back"
    }
  },
  "import_map.create": {
    "entity_id": "offices",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "map": {
        "vrf": "lab"
      }
    }
  },
  "import_map.delete": {
    "entity_id": "offices",
    "place": null,
    "former_place": null,
    "before": {
      "map": {
        "vrf": "lab"
      }
    },
    "after": null
  },
  "import_map.update": {
    "entity_id": "offices",
    "place": null,
    "former_place": null,
    "before": {
      "map": {
        "vrf": "lab"
      }
    },
    "after": {
      "map": {
        "vrf": "office"
      }
    }
  },
  "job.cancel": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "status": "queued"
    },
    "after": {
      "status": "cancelled"
    }
  },
  "job.claim": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "status": "queued",
      "instance": null,
      "attempt": 0
    },
    "after": {
      "status": "running",
      "instance": "7d8f1d1e-2a52-4d52-9e27-6a6f0a5b3c11",
      "attempt": 1
    }
  },
  "job.fail": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "status": "running",
      "error": null
    },
    "after": {
      "status": "failed",
      "error": "5 agents took the job and were not heard of again"
    }
  },
  "job.finish": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "status": "running"
    },
    "after": {
      "status": "succeeded"
    }
  },
  "job.hand_back": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "status": "running",
      "instance": "7d8f1d1e-2a52-4d52-9e27-6a6f0a5b3c11",
      "attempt": 1
    },
    "after": {
      "status": "queued",
      "instance": null,
      "attempt": 0
    }
  },
  "job.purge": {
    "entity_id": "ended before 2026-11-30T06:49:03.570Z",
    "place": null,
    "former_place": null,
    "before": {
      "count": 1
    },
    "after": null
  },
  "job.request": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "account": "aws:111111111111"
    }
  },
  "job.schedule": {
    "entity_id": "1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "account": "aws:111111111111"
    }
  },
  "lease.warning": {
    "entity_id": "pool:1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/16",
      "kind": "container"
    },
    "former_place": null,
    "before": null,
    "after": {
      "severity": "warning",
      "lease_of": "pool",
      "lease_id": 1,
      "name": "10.0.0.0/16",
      "span": "10.0.0.0/16",
      "expires_at": "2026-12-01T06:49:00.204Z",
      "days": 3
    }
  },
  "network.isolate": {
    "entity_id": "1",
    "place": {
      "vrf_id": 2,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "before": {
      "vrf_id": 1
    },
    "after": {
      "vrf_id": 2
    }
  },
  "pool.adopt": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "before": {
      "account_id": null,
      "sync_status": "drift"
    },
    "after": {
      "account_id": 1,
      "sync_status": "synced"
    }
  },
  "pool.allocate": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/24",
      "kind": "subnet"
    },
    "former_place": null,
    "before": null,
    "after": {
      "cidr": "10.0.0.0/24",
      "vrf_id": 1,
      "parent_id": 1,
      "name": "a",
      "kind": "subnet",
      "status": "planned",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {},
      "vlan_id": null,
      "expires_at": null
    }
  },
  "pool.create": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/8",
      "kind": "container"
    },
    "former_place": null,
    "before": null,
    "after": {
      "cidr": "10.0.0.0/8",
      "vrf_id": 1,
      "parent_id": null,
      "name": "a",
      "kind": "container",
      "status": "active",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {},
      "vlan_id": null,
      "expires_at": null
    }
  },
  "pool.delete": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/8",
      "kind": "container"
    },
    "former_place": null,
    "before": {
      "cidr": "10.0.0.0/8",
      "vrf_id": 1,
      "parent_id": null,
      "name": "10.0.0.0/8",
      "kind": "container",
      "status": "active",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {},
      "vlan_id": null,
      "expires_at": null
    },
    "after": null
  },
  "pool.import": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.0.0/16",
      "kind": "subnet"
    },
    "former_place": null,
    "before": null,
    "after": {
      "cidr": "10.20.0.0/16",
      "vrf_id": 1,
      "parent_id": null,
      "name": "10.20.0.0/16",
      "kind": "subnet",
      "status": "active",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {
        "netbox:id": "7"
      },
      "vlan_id": null,
      "expires_at": null
    }
  },
  "pool.link": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "before": {
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null
    },
    "after": {
      "account_id": 1,
      "external_id": "vpc-1",
      "external_vpc": "vpc-1",
      "region": "eu-west-1",
      "sync_status": "synced"
    }
  },
  "pool.merge": {
    "entity_id": "3",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/8",
      "kind": "container"
    },
    "former_place": null,
    "before": null,
    "after": {
      "cidr": "10.0.0.0/8",
      "vrf_id": 1,
      "parent_id": null,
      "name": "10.0.0.0/9",
      "kind": "container",
      "status": "active",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {},
      "vlan_id": null,
      "expires_at": null
    }
  },
  "pool.move": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.1.0.0/16",
      "kind": "container"
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/16",
      "kind": "container"
    },
    "before": {
      "cidr": "10.0.0.0/16"
    },
    "after": {
      "cidr": "10.1.0.0/16"
    }
  },
  "pool.orphan": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.1.0/24",
      "kind": "subnet"
    },
    "former_place": null,
    "before": {
      "sync_status": "synced"
    },
    "after": {
      "sync_status": "orphaned"
    }
  },
  "pool.replace": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "former_place": null,
    "before": {
      "name": "",
      "external_id": "vpc-1",
      "external_vpc": "vpc-1"
    },
    "after": {
      "name": "made again",
      "external_id": "vpc-2",
      "external_vpc": "vpc-2"
    }
  },
  "pool.split": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.0.0/17",
      "kind": "container"
    },
    "former_place": null,
    "before": null,
    "after": {
      "cidr": "10.20.0.0/17",
      "vrf_id": 1,
      "parent_id": null,
      "name": "10.20.0.0/16 10.20.0.0/17",
      "kind": "container",
      "status": "active",
      "source": "manual",
      "account_id": null,
      "external_id": null,
      "external_vpc": null,
      "region": null,
      "sync_status": null,
      "description": "",
      "tags": {},
      "vlan_id": null,
      "expires_at": null
    }
  },
  "pool.sync": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "former_place": null,
    "before": {
      "sync_status": "synced"
    },
    "after": {
      "sync_status": "drift"
    }
  },
  "pool.update": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.0.0.0/8",
      "kind": "container"
    },
    "former_place": null,
    "before": {
      "name": "10.0.0.0/8"
    },
    "after": {
      "name": "b"
    }
  },
  "range.create": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "former_place": null,
    "before": null,
    "after": {
      "start_address": "10.20.1.100",
      "end_address": "10.20.1.199",
      "vrf_id": 1,
      "name": "",
      "purpose": "dhcp",
      "counts_as_used": false,
      "account_id": null,
      "description": "",
      "tags": {},
      "until": null
    }
  },
  "range.delete": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "former_place": null,
    "before": {
      "start_address": "10.20.1.100",
      "end_address": "10.20.1.199",
      "vrf_id": 1,
      "name": "",
      "purpose": "reserved",
      "counts_as_used": false,
      "account_id": null,
      "description": "",
      "tags": {},
      "until": null
    },
    "after": null
  },
  "range.move": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.30.1.0/24",
      "kind": "range"
    },
    "former_place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "before": {
      "start_address": "10.20.1.100",
      "end_address": "10.20.1.199"
    },
    "after": {
      "start_address": "10.30.1.100",
      "end_address": "10.30.1.199"
    }
  },
  "range.quarantine": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "former_place": null,
    "before": null,
    "after": {
      "start_address": "10.20.1.0",
      "end_address": "10.20.1.255",
      "vrf_id": 1,
      "name": "10.20.1.0/24",
      "purpose": "quarantine",
      "counts_as_used": false,
      "account_id": null,
      "description": "",
      "tags": {},
      "until": "2026-12-29T06:48:25.538Z"
    }
  },
  "range.release": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "former_place": null,
    "before": {
      "start_address": "10.20.1.0",
      "end_address": "10.20.1.255",
      "vrf_id": 1,
      "name": "10.20.1.0/24",
      "purpose": "quarantine",
      "counts_as_used": false,
      "account_id": null,
      "description": "",
      "tags": {},
      "until": "2026-12-29T06:48:25.538Z"
    },
    "after": null
  },
  "range.update": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": null,
      "cidr": "10.20.1.0/24",
      "kind": "range"
    },
    "former_place": null,
    "before": {
      "name": ""
    },
    "after": {
      "name": "b"
    }
  },
  "resource.ignore": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.1.0/24",
      "kind": "subnet"
    },
    "former_place": null,
    "before": {
      "management": "managed",
      "overlap_status": "nonoverlapping",
      "ignored": {}
    },
    "after": {
      "management": "managed",
      "overlap_status": "nonoverlapping",
      "ignored": {
        "orphan": {
          "reason": "walked",
          "by": "bootstrap",
          "until": null
        }
      }
    }
  },
  "resource.reject": {
    "entity_id": "1",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.0.0/16",
      "kind": "vpc"
    },
    "former_place": null,
    "before": {
      "management": "pending",
      "overlap_status": "nonoverlapping",
      "ignored": {}
    },
    "after": {
      "management": "ignored",
      "overlap_status": "nonoverlapping",
      "ignored": {
        "unmanaged": {
          "reason": "walked",
          "by": "bootstrap",
          "until": null
        }
      }
    }
  },
  "resource.release": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.1.0/24",
      "kind": "subnet"
    },
    "former_place": null,
    "before": {
      "external_id": "subnet-0"
    },
    "after": null
  },
  "resource.restore": {
    "entity_id": "2",
    "place": {
      "vrf_id": 1,
      "account_id": 1,
      "cidr": "172.16.1.0/24",
      "kind": "subnet"
    },
    "former_place": null,
    "before": {
      "management": "managed",
      "overlap_status": "nonoverlapping",
      "ignored": {
        "orphan": {
          "reason": "walked",
          "by": "bootstrap",
          "until": null
        }
      }
    },
    "after": {
      "management": "managed",
      "overlap_status": "nonoverlapping",
      "ignored": {}
    }
  },
  "scope.addresses": {
    "entity_id": "aws:111111111111 eu-west-1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "addresses_added": 1,
      "addresses_changed": 0,
      "addresses_gone": 0
    }
  },
  "scope.coverage": {
    "entity_id": "aws:111111111111 eu-west-1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "coverage": "complete",
      "error": null
    }
  },
  "scope.interfaces": {
    "entity_id": "aws:111111111111 eu-west-1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "coverage": "off",
      "error": null
    },
    "after": {
      "coverage": "complete",
      "error": null
    }
  },
  "scope.inventory": {
    "entity_id": "aws:111111111111 eu-west-1",
    "place": {
      "vrf_id": null,
      "account_id": 1,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "networks_added": 1,
      "resources_added": 2,
      "resources_changed": 0,
      "resources_gone": 0
    }
  },
  "scope.release_addresses": {
    "entity_id": "gone before 2026-11-30T06:49:02.999Z",
    "place": null,
    "former_place": null,
    "before": {
      "count": 1
    },
    "after": null
  },
  "token.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "name": "bootstrap",
      "role": "admin",
      "read_only": false,
      "shared_resources": false,
      "accounts": null,
      "pools": null,
      "expires_at": null
    }
  },
  "token.revoke": {
    "entity_id": "2",
    "place": null,
    "former_place": null,
    "before": {
      "revoked_at": null
    },
    "after": {
      "revoked_at": "2026-11-29T06:48:31.346Z"
    }
  },
  "token.rotate": {
    "entity_id": "2",
    "place": null,
    "former_place": null,
    "before": {
      "secret": "the former one"
    },
    "after": {
      "secret": "a new one"
    }
  },
  "user.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "provider": "okta",
      "subject": "u-1",
      "email": null,
      "name": "Ada",
      "role": "viewer",
      "role_pinned": false,
      "active": true,
      "accounts": null,
      "pools": null
    }
  },
  "user.end_sessions": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "sessions": 1
    },
    "after": {
      "sessions": 0
    }
  },
  "user.log_in": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "provider": "okta",
      "ip": "::1"
    }
  },
  "user.log_in_refused": {
    "entity_id": "okta:u-1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "provider": "okta",
      "ip": "::1",
      "why": "no_role",
      "issuer": "https://id.example",
      "subject": "u-1",
      "claim": "groups",
      "groups": [],
      "group_count": 0,
      "mapped_groups": [
        "of no group"
      ]
    }
  },
  "user.log_out": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": null
  },
  "user.session_ended": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "sessions": 1
    },
    "after": {
      "why": "logged out at the provider"
    }
  },
  "user.update": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "role": "viewer",
      "role_pinned": false
    },
    "after": {
      "role": "editor",
      "role_pinned": true
    }
  },
  "vlan.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "vid": 1,
      "name": "office",
      "group": "fra1",
      "description": ""
    }
  },
  "vlan.delete": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "vid": 10,
      "name": "office",
      "group": "",
      "description": ""
    },
    "after": null
  },
  "vlan.update": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "office"
    },
    "after": {
      "name": "b"
    }
  },
  "vlan_group.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "name": "fra1",
      "description": "",
      "vid_ranges": "100-199",
      "account_id": null,
      "site": null
    }
  },
  "vlan_group.delete": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "fra1",
      "description": "",
      "vid_ranges": "1-4094",
      "account_id": null,
      "site": null
    },
    "after": null
  },
  "vlan_group.update": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "vid_ranges": "1-4094"
    },
    "after": {
      "vid_ranges": "100-199"
    }
  },
  "vrf.create": {
    "entity_id": "2",
    "place": {
      "vrf_id": 2,
      "account_id": null,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": null,
    "after": {
      "name": "lab",
      "rd": null,
      "reachability_domain": null,
      "description": ""
    }
  },
  "vrf.delete": {
    "entity_id": "2",
    "place": {
      "vrf_id": 2,
      "account_id": null,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "name": "lab",
      "rd": null,
      "reachability_domain": null,
      "description": ""
    },
    "after": null
  },
  "vrf.update": {
    "entity_id": "2",
    "place": {
      "vrf_id": 2,
      "account_id": null,
      "cidr": null,
      "kind": null
    },
    "former_place": null,
    "before": {
      "name": "lab"
    },
    "after": {
      "name": "b"
    }
  },
  "webhook.create": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "name": "a",
      "origin": "https://192.0.78.9",
      "filter": {
        "types": [],
        "vrf_ids": [],
        "account_ids": [],
        "pool_ids": [],
        "tags": [],
        "severities": []
      },
      "template": "cloudevents",
      "ordered": true,
      "version": 1
    }
  },
  "webhook.delete": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "chat",
      "origin": "http://127.0.0.1:1",
      "filter": {
        "types": [],
        "vrf_ids": [],
        "account_ids": [],
        "pool_ids": [],
        "tags": [],
        "severities": []
      },
      "template": "cloudevents",
      "ordered": true,
      "version": 1
    },
    "after": null
  },
  "webhook.encrypt": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "key": "former"
    },
    "after": {
      "key": "new"
    }
  },
  "webhook.pause": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "state": "ok",
      "failure": null
    },
    "after": {
      "state": "paused",
      "failure": null
    }
  },
  "webhook.replay": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "dead_deliveries": 0
    }
  },
  "webhook.resume": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "state": "paused",
      "failure": null
    },
    "after": {
      "state": "ok",
      "failure": null
    }
  },
  "webhook.rotate": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "secret": "former"
    },
    "after": {
      "secret": "new"
    }
  },
  "webhook.test": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": null,
    "after": {
      "name": "chat",
      "origin": "http://127.0.0.1:1"
    }
  },
  "webhook.update": {
    "entity_id": "1",
    "place": null,
    "former_place": null,
    "before": {
      "name": "chat",
      "version": 1
    },
    "after": {
      "name": "b",
      "version": 2
    }
  }
};
