// Made by tools/event-schemas.mjs; do not edit.
import type { Schema } from '../../schema';

/** The facts that events tell of entities, by their names in the domains; the event says which of them it has. */
export const FACT_SCHEMAS: Readonly<Record<string, Schema>> = {
  "PoolFacts": {
    "description": "A pool's own facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "cidr": {
        "type": "string"
      },
      "vrf_id": {
        "type": "integer"
      },
      "parent_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "name": {
        "type": "string"
      },
      "kind": {
        "type": "string",
        "enum": [
          "container",
          "reservation",
          "secondary_range",
          "subnet",
          "vpc"
        ]
      },
      "status": {
        "type": "string",
        "enum": [
          "active",
          "deprecated",
          "planned"
        ]
      },
      "source": {
        "type": "string",
        "enum": [
          "discovered",
          "manual"
        ]
      },
      "account_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "external_id": {
        "type": [
          "string",
          "null"
        ]
      },
      "external_vpc": {
        "type": [
          "string",
          "null"
        ]
      },
      "region": {
        "type": [
          "string",
          "null"
        ]
      },
      "sync_status": {
        "type": [
          "string",
          "null"
        ],
        "enum": [
          "drift",
          "orphaned",
          "synced",
          null
        ]
      },
      "description": {
        "type": "string"
      },
      "tags": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "vlan_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "expires_at": {
        "type": [
          "string",
          "null"
        ],
        "description": "ISO 8601"
      },
      "key": {
        "type": [
          "string",
          "null"
        ],
        "description": "The live key, where the pool has one."
      },
      "rules": {
        "type": [
          "object",
          "null"
        ],
        "properties": {
          "min_prefix_length": {
            "type": [
              "integer",
              "null"
            ]
          },
          "max_prefix_length": {
            "type": [
              "integer",
              "null"
            ]
          },
          "default_prefix_length": {
            "type": [
              "integer",
              "null"
            ]
          },
          "required_tags": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "quarantine_days": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Where there are any."
          }
        },
        "required": [
          "min_prefix_length",
          "max_prefix_length",
          "default_prefix_length",
          "required_tags"
        ],
        "description": "Where the pool has them."
      }
    }
  },
  "AddressFacts": {
    "description": "An address's own facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "address": {
        "type": "string"
      },
      "vrf_id": {
        "type": "integer"
      },
      "name": {
        "type": "string"
      },
      "status": {
        "type": "string",
        "enum": [
          "active",
          "deprecated",
          "reserved"
        ]
      },
      "role": {
        "type": "string",
        "enum": [
          "dhcp",
          "gateway",
          "host",
          "vip"
        ]
      },
      "dns_name": {
        "type": [
          "string",
          "null"
        ]
      },
      "mac": {
        "type": [
          "string",
          "null"
        ]
      },
      "account_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "description": {
        "type": "string"
      },
      "tags": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "expires_at": {
        "type": [
          "string",
          "null"
        ]
      }
    }
  },
  "RangeFacts": {
    "description": "A range's own facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "start_address": {
        "type": "string"
      },
      "end_address": {
        "type": "string"
      },
      "vrf_id": {
        "type": "integer"
      },
      "name": {
        "type": "string"
      },
      "purpose": {
        "type": "string",
        "enum": [
          "dhcp",
          "excluded",
          "quarantine",
          "reserved"
        ]
      },
      "counts_as_used": {
        "type": "boolean"
      },
      "account_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "description": {
        "type": "string"
      },
      "tags": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "until": {
        "type": [
          "string",
          "null"
        ]
      }
    }
  },
  "VlanFacts": {
    "description": "A VLAN's facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "vid": {
        "type": "integer"
      },
      "name": {
        "type": "string"
      },
      "group": {
        "type": "string"
      },
      "description": {
        "type": "string"
      }
    }
  },
  "VlanGroupFacts": {
    "description": "A group's facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "description": {
        "type": "string"
      },
      "vid_ranges": {
        "type": "string",
        "description": "`100-199,300`"
      },
      "account_id": {
        "type": [
          "integer",
          "null"
        ]
      },
      "site": {
        "type": [
          "string",
          "null"
        ]
      }
    }
  },
  "VrfFacts": {
    "description": "A VRF's facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "rd": {
        "type": [
          "string",
          "null"
        ]
      },
      "reachability_domain": {
        "type": [
          "string",
          "null"
        ]
      },
      "description": {
        "type": "string"
      }
    }
  },
  "AccountFacts": {
    "description": "An account's facts as its events tell them, in version 1.",
    "type": "object",
    "properties": {
      "key": {
        "type": "string"
      },
      "name": {
        "type": "string"
      },
      "provider": {
        "type": "string",
        "enum": [
          "aws",
          "azure",
          "gcp",
          "onprem"
        ]
      },
      "external_id": {
        "type": "string"
      },
      "platform": {
        "type": [
          "string",
          "null"
        ]
      },
      "tier": {
        "type": [
          "string",
          "null"
        ]
      },
      "environment": {
        "type": [
          "string",
          "null"
        ]
      },
      "regions": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "description": {
        "type": "string"
      },
      "discovery_policy": {
        "type": [
          "string",
          "null"
        ],
        "enum": [
          "approve",
          "auto",
          "observe",
          null
        ]
      },
      "discovery_interval": {
        "type": [
          "integer",
          "null"
        ],
        "description": "Seconds"
      }
    }
  },
  "DiscoveredAccountFacts": {
    "description": "What the event of an account tells that discovery has met: the rest is empty.",
    "type": "object",
    "properties": {
      "key": {
        "type": "string"
      },
      "name": {
        "type": "string"
      },
      "provider": {
        "type": "string",
        "enum": [
          "aws",
          "azure",
          "gcp",
          "onprem"
        ]
      },
      "external_id": {
        "type": "string"
      }
    }
  },
  "DecisionFacts": {
    "description": "What a person has decided about a resource.",
    "type": "object",
    "properties": {
      "management": {
        "type": "string",
        "enum": [
          "ignored",
          "managed",
          "pending",
          "unmanaged"
        ]
      },
      "overlap_status": {
        "type": "string",
        "enum": [
          "ignored",
          "nonoverlapping",
          "overlapping"
        ]
      },
      "ignored": {
        "type": "object",
        "properties": {
          "drift": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          },
          "unmanaged": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          },
          "overlap": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          },
          "conflict": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          },
          "orphan": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          },
          "compliance": {
            "type": "object",
            "properties": {
              "reason": {
                "type": "string"
              },
              "by": {
                "type": "string"
              },
              "until": {
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "reason",
              "by",
              "until"
            ]
          }
        }
      }
    }
  },
  "JobFacts": {
    "description": "Without the lease, which is a secret, and without what an agent reports on its way.",
    "type": "object",
    "properties": {
      "status": {
        "type": "string",
        "enum": [
          "cancelled",
          "failed",
          "partial",
          "queued",
          "running",
          "succeeded"
        ]
      },
      "instance": {
        "type": [
          "string",
          "null"
        ],
        "description": "The agent that has taken it; null before that."
      },
      "attempt": {
        "type": "integer"
      },
      "error": {
        "type": [
          "string",
          "null"
        ]
      },
      "counts": {
        "type": [
          "object",
          "null"
        ],
        "properties": {
          "scopes": {
            "type": "integer"
          },
          "complete": {
            "type": "integer"
          },
          "partial": {
            "type": "integer"
          },
          "failed": {
            "type": "integer"
          },
          "imported": {
            "type": "integer"
          },
          "updated": {
            "type": "integer"
          },
          "orphaned": {
            "type": "integer"
          },
          "unchanged": {
            "type": "integer"
          },
          "conflicts": {
            "type": "integer"
          }
        },
        "required": [
          "scopes",
          "complete",
          "partial",
          "failed",
          "imported",
          "updated",
          "orphaned",
          "unchanged",
          "conflicts"
        ]
      }
    }
  },
  "FindingFacts": {
    "description": "A finding as its events tell it, in version 1.",
    "type": "object",
    "properties": {
      "type": {
        "type": "string",
        "enum": [
          "compliance",
          "conflict",
          "drift",
          "exhausts_soon",
          "lease_ends",
          "orphan",
          "overlap",
          "stale_address",
          "unknown_address",
          "unmanaged",
          "unseen",
          "webhook_paused"
        ]
      },
      "severity": {
        "type": "string",
        "enum": [
          "critical",
          "info",
          "warning"
        ]
      },
      "subject": {
        "type": "string",
        "enum": [
          "address",
          "observed",
          "pool",
          "resource",
          "scope",
          "webhook"
        ],
        "description": "What it is of."
      },
      "subject_id": {
        "type": "integer",
        "description": "The id of that, among those of its kind."
      },
      "name": {
        "type": "string",
        "description": "Of what it is of; may be empty."
      },
      "cidr": {
        "type": [
          "string",
          "null"
        ],
        "description": "The CIDR or address of what it is of; null for a scope and a webhook."
      },
      "region": {
        "type": [
          "string",
          "null"
        ]
      },
      "pool_id": {
        "type": [
          "integer",
          "null"
        ],
        "description": "The pool that it is of, or that stands for the resource that it is of."
      },
      "pool_name": {
        "type": [
          "string",
          "null"
        ],
        "description": "The name of that pool."
      },
      "detail": {
        "type": "string",
        "description": "Why, for people, as it was when the finding was opened."
      }
    }
  },
  "LeaseFacts": {
    "description": "A lease that ends soon, as its warning tells it, in version 1.",
    "type": "object",
    "properties": {
      "severity": {
        "type": "string",
        "enum": [
          "critical",
          "info",
          "warning"
        ],
        "description": "That of the finding `lease_ends`."
      },
      "lease_of": {
        "type": "string",
        "enum": [
          "address",
          "pool",
          "range"
        ],
        "description": "What has the lease."
      },
      "lease_id": {
        "type": "integer",
        "description": "The id of that."
      },
      "name": {
        "type": "string"
      },
      "span": {
        "type": "string",
        "description": "The CIDR of the pool, the address, or the first and the last address of the range."
      },
      "expires_at": {
        "type": "string",
        "description": "ISO 8601"
      },
      "days": {
        "type": "integer",
        "description": "It ends within so many days: 14, 3 or 1."
      }
    }
  },
  "TokenFacts": {
    "description": "What the audit trail tells of a token, in version 1; never its secret.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "role": {
        "type": "string",
        "enum": [
          "admin",
          "collector",
          "editor",
          "viewer"
        ]
      },
      "read_only": {
        "type": "boolean"
      },
      "shared_resources": {
        "type": "boolean"
      },
      "accounts": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": "string"
        }
      },
      "pools": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": "integer"
        }
      },
      "expires_at": {
        "type": [
          "string",
          "null"
        ],
        "description": "ISO 8601"
      }
    }
  },
  "UserFacts": {
    "description": "What the audit trail tells of a user, in version 1.",
    "type": "object",
    "properties": {
      "provider": {
        "type": "string"
      },
      "subject": {
        "type": "string"
      },
      "email": {
        "type": [
          "string",
          "null"
        ]
      },
      "name": {
        "type": "string"
      },
      "role": {
        "type": "string",
        "enum": [
          "admin",
          "editor",
          "viewer"
        ]
      },
      "role_pinned": {
        "type": "boolean"
      },
      "active": {
        "type": "boolean"
      },
      "accounts": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": "string"
        }
      },
      "pools": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": "integer"
        }
      }
    }
  },
  "MapFacts": {
    "type": "object",
    "properties": {
      "map": {
        "type": "object",
        "additionalProperties": {}
      }
    }
  },
  "WebhookFacts": {
    "description": "What the audit trail tells of a webhook, in version 1: no secret, and of its URL no path, which may be one.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "origin": {
        "type": "string",
        "description": "Scheme, host and port."
      },
      "filter": {
        "type": "object",
        "properties": {
          "types": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "vrf_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "account_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "pool_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "tags": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "severities": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        },
        "required": [
          "types",
          "vrf_ids",
          "account_ids",
          "pool_ids",
          "tags",
          "severities"
        ]
      },
      "template": {
        "type": "string",
        "enum": [
          "cloudevents",
          "custom",
          "pagerduty",
          "slack",
          "teams"
        ]
      },
      "ordered": {
        "type": "boolean"
      },
      "version": {
        "type": "integer"
      }
    }
  },
  "WebhookTestFacts": {
    "description": "What a test of a webhook tells, in version 1.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "origin": {
        "type": "string",
        "description": "Scheme, host and port."
      }
    }
  },
  "DigestFacts": {
    "description": "What the audit trail tells of a digest, in version 1: of its recipients how many, and at which domains.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "recipients": {
        "type": "integer"
      },
      "recipient_domains": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "The domains of their addresses: these say to whom it goes, and name nobody."
      },
      "schedule": {
        "type": "object",
        "properties": {
          "every": {
            "type": "string",
            "enum": [
              "daily",
              "weekly"
            ]
          },
          "weekday": {
            "type": [
              "integer",
              "null"
            ]
          },
          "hour": {
            "type": "integer"
          },
          "time_zone": {
            "type": "string"
          }
        },
        "required": [
          "every",
          "weekday",
          "hour",
          "time_zone"
        ]
      },
      "filter": {
        "type": "object",
        "properties": {
          "vrf_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "account_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "pool_ids": {
            "type": "array",
            "items": {
              "type": "integer"
            }
          },
          "tags": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        },
        "required": [
          "vrf_ids",
          "account_ids",
          "pool_ids",
          "tags"
        ]
      },
      "severity": {
        "type": [
          "string",
          "null"
        ],
        "enum": [
          "critical",
          "info",
          "warning",
          null
        ]
      },
      "sections": {
        "type": "array",
        "items": {
          "type": "string",
          "enum": [
            "findings",
            "forecasts",
            "leases"
          ]
        }
      },
      "send_empty": {
        "type": "boolean"
      },
      "enabled": {
        "type": "boolean"
      },
      "version": {
        "type": "integer"
      }
    }
  }
};

/** What events of each type tell, before and after. */
export const EVENT_SCHEMAS: Readonly<
  Record<string, { readonly before: Schema; readonly after: Schema }>
> = {
  "pool.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    }
  },
  "pool.allocate": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    }
  },
  "pool.split": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    }
  },
  "pool.merge": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    }
  },
  "pool.import": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    }
  },
  "pool.update": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.move": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.link": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.replace": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.sync": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.orphan": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.adopt": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts"
    },
    "after": {
      "$ref": "#/components/schemas/PoolFacts"
    }
  },
  "pool.delete": {
    "before": {
      "$ref": "#/components/schemas/PoolFacts",
      "required": [
        "cidr",
        "vrf_id",
        "parent_id",
        "name",
        "kind",
        "status",
        "source",
        "account_id",
        "external_id",
        "external_vpc",
        "region",
        "sync_status",
        "description",
        "tags",
        "vlan_id",
        "expires_at"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "address.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/AddressFacts",
      "required": [
        "address",
        "vrf_id",
        "name",
        "status",
        "role",
        "dns_name",
        "mac",
        "account_id",
        "description",
        "tags"
      ]
    }
  },
  "address.allocate": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/AddressFacts",
      "required": [
        "address",
        "vrf_id",
        "name",
        "status",
        "role",
        "dns_name",
        "mac",
        "account_id",
        "description",
        "tags"
      ]
    }
  },
  "address.update": {
    "before": {
      "$ref": "#/components/schemas/AddressFacts"
    },
    "after": {
      "$ref": "#/components/schemas/AddressFacts"
    }
  },
  "address.move": {
    "before": {
      "$ref": "#/components/schemas/AddressFacts"
    },
    "after": {
      "$ref": "#/components/schemas/AddressFacts"
    }
  },
  "address.delete": {
    "before": {
      "$ref": "#/components/schemas/AddressFacts",
      "required": [
        "address",
        "vrf_id",
        "name",
        "status",
        "role",
        "dns_name",
        "mac",
        "account_id",
        "description",
        "tags"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "range.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/RangeFacts",
      "required": [
        "start_address",
        "end_address",
        "vrf_id",
        "name",
        "purpose",
        "counts_as_used",
        "account_id",
        "description",
        "tags",
        "until"
      ]
    }
  },
  "range.quarantine": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/RangeFacts",
      "required": [
        "start_address",
        "end_address",
        "vrf_id",
        "name",
        "purpose",
        "counts_as_used",
        "account_id",
        "description",
        "tags",
        "until"
      ]
    }
  },
  "range.update": {
    "before": {
      "$ref": "#/components/schemas/RangeFacts"
    },
    "after": {
      "$ref": "#/components/schemas/RangeFacts"
    }
  },
  "range.move": {
    "before": {
      "$ref": "#/components/schemas/RangeFacts"
    },
    "after": {
      "$ref": "#/components/schemas/RangeFacts"
    }
  },
  "range.delete": {
    "before": {
      "$ref": "#/components/schemas/RangeFacts",
      "required": [
        "start_address",
        "end_address",
        "vrf_id",
        "name",
        "purpose",
        "counts_as_used",
        "account_id",
        "description",
        "tags",
        "until"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "range.release": {
    "before": {
      "$ref": "#/components/schemas/RangeFacts",
      "required": [
        "start_address",
        "end_address",
        "vrf_id",
        "name",
        "purpose",
        "counts_as_used",
        "account_id",
        "description",
        "tags",
        "until"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "vlan.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/VlanFacts",
      "required": [
        "vid",
        "name",
        "group",
        "description"
      ]
    }
  },
  "vlan.update": {
    "before": {
      "$ref": "#/components/schemas/VlanFacts"
    },
    "after": {
      "$ref": "#/components/schemas/VlanFacts"
    }
  },
  "vlan.delete": {
    "before": {
      "$ref": "#/components/schemas/VlanFacts",
      "required": [
        "vid",
        "name",
        "group",
        "description"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "vlan_group.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/VlanGroupFacts",
      "required": [
        "name",
        "description",
        "vid_ranges",
        "account_id",
        "site"
      ]
    }
  },
  "vlan_group.update": {
    "before": {
      "$ref": "#/components/schemas/VlanGroupFacts"
    },
    "after": {
      "$ref": "#/components/schemas/VlanGroupFacts"
    }
  },
  "vlan_group.delete": {
    "before": {
      "$ref": "#/components/schemas/VlanGroupFacts",
      "required": [
        "name",
        "description",
        "vid_ranges",
        "account_id",
        "site"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "vrf.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/VrfFacts",
      "required": [
        "name",
        "rd",
        "reachability_domain",
        "description"
      ]
    }
  },
  "vrf.update": {
    "before": {
      "$ref": "#/components/schemas/VrfFacts"
    },
    "after": {
      "$ref": "#/components/schemas/VrfFacts"
    }
  },
  "vrf.delete": {
    "before": {
      "$ref": "#/components/schemas/VrfFacts",
      "required": [
        "name",
        "rd",
        "reachability_domain",
        "description"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "account.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "anyOf": [
        {
          "$ref": "#/components/schemas/AccountFacts",
          "required": [
            "key",
            "name",
            "provider",
            "external_id",
            "platform",
            "tier",
            "environment",
            "regions",
            "description",
            "discovery_policy",
            "discovery_interval"
          ]
        },
        {
          "$ref": "#/components/schemas/DiscoveredAccountFacts",
          "required": [
            "key",
            "name",
            "provider",
            "external_id"
          ]
        }
      ]
    }
  },
  "account.update": {
    "before": {
      "$ref": "#/components/schemas/AccountFacts"
    },
    "after": {
      "$ref": "#/components/schemas/AccountFacts"
    }
  },
  "account.delete": {
    "before": {
      "$ref": "#/components/schemas/AccountFacts",
      "required": [
        "key",
        "name",
        "provider",
        "external_id",
        "platform",
        "tier",
        "environment",
        "regions",
        "description",
        "discovery_policy",
        "discovery_interval"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "resource.reject": {
    "before": {
      "$ref": "#/components/schemas/DecisionFacts"
    },
    "after": {
      "$ref": "#/components/schemas/DecisionFacts"
    }
  },
  "resource.ignore": {
    "before": {
      "$ref": "#/components/schemas/DecisionFacts"
    },
    "after": {
      "$ref": "#/components/schemas/DecisionFacts"
    }
  },
  "resource.restore": {
    "before": {
      "$ref": "#/components/schemas/DecisionFacts"
    },
    "after": {
      "$ref": "#/components/schemas/DecisionFacts"
    }
  },
  "resource.release": {
    "before": {
      "type": "object",
      "properties": {
        "external_id": {
          "type": "string"
        }
      },
      "required": [
        "external_id"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "network.isolate": {
    "before": {
      "type": "object",
      "properties": {
        "vrf_id": {
          "type": "integer"
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "vrf_id": {
          "type": "integer"
        }
      }
    }
  },
  "scope.inventory": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "networks_added": {
          "type": "integer"
        },
        "resources_added": {
          "type": "integer"
        },
        "resources_changed": {
          "type": "integer"
        },
        "resources_gone": {
          "type": "integer"
        }
      },
      "required": [
        "networks_added",
        "resources_added",
        "resources_changed",
        "resources_gone"
      ]
    }
  },
  "scope.addresses": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "addresses_added": {
          "type": "integer"
        },
        "addresses_changed": {
          "type": "integer"
        },
        "addresses_gone": {
          "type": "integer"
        }
      },
      "required": [
        "addresses_added",
        "addresses_changed",
        "addresses_gone"
      ]
    }
  },
  "scope.interfaces": {
    "before": {
      "type": "object",
      "properties": {
        "coverage": {
          "type": "string",
          "enum": [
            "complete",
            "failed",
            "off",
            "partial"
          ]
        },
        "error": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "coverage": {
          "type": "string",
          "enum": [
            "complete",
            "failed",
            "off",
            "partial"
          ]
        },
        "error": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    }
  },
  "scope.release_addresses": {
    "before": {
      "type": "object",
      "properties": {
        "count": {
          "type": "integer"
        }
      },
      "required": [
        "count"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "scope.coverage": {
    "before": {
      "type": [
        "object",
        "null"
      ],
      "properties": {
        "coverage": {
          "type": "string",
          "enum": [
            "complete",
            "failed",
            "partial"
          ]
        }
      },
      "required": [
        "coverage"
      ]
    },
    "after": {
      "type": "object",
      "properties": {
        "coverage": {
          "type": "string",
          "enum": [
            "complete",
            "failed",
            "partial"
          ]
        },
        "error": {
          "type": [
            "string",
            "null"
          ]
        }
      },
      "required": [
        "coverage",
        "error"
      ]
    }
  },
  "job.request": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "account": {
          "type": "string"
        }
      },
      "required": [
        "account"
      ]
    }
  },
  "job.schedule": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "account": {
          "type": [
            "string",
            "null"
          ]
        }
      },
      "required": [
        "account"
      ]
    }
  },
  "job.cancel": {
    "before": {
      "$ref": "#/components/schemas/JobFacts"
    },
    "after": {
      "$ref": "#/components/schemas/JobFacts"
    }
  },
  "job.claim": {
    "before": {
      "$ref": "#/components/schemas/JobFacts"
    },
    "after": {
      "$ref": "#/components/schemas/JobFacts"
    }
  },
  "job.finish": {
    "before": {
      "$ref": "#/components/schemas/JobFacts"
    },
    "after": {
      "$ref": "#/components/schemas/JobFacts"
    }
  },
  "job.hand_back": {
    "before": {
      "$ref": "#/components/schemas/JobFacts"
    },
    "after": {
      "$ref": "#/components/schemas/JobFacts"
    }
  },
  "job.fail": {
    "before": {
      "$ref": "#/components/schemas/JobFacts"
    },
    "after": {
      "$ref": "#/components/schemas/JobFacts"
    }
  },
  "job.purge": {
    "before": {
      "type": "object",
      "properties": {
        "count": {
          "type": "integer"
        }
      },
      "required": [
        "count"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "finding.open": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/FindingFacts",
      "required": [
        "type",
        "severity",
        "subject",
        "subject_id",
        "name",
        "cidr",
        "region",
        "pool_id",
        "pool_name",
        "detail"
      ]
    }
  },
  "finding.close": {
    "before": {
      "$ref": "#/components/schemas/FindingFacts",
      "required": [
        "type",
        "severity",
        "subject",
        "subject_id",
        "name",
        "cidr",
        "region",
        "pool_id",
        "pool_name",
        "detail"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "finding.begin": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "drift": {
          "type": "integer"
        },
        "unmanaged": {
          "type": "integer"
        },
        "overlap": {
          "type": "integer"
        },
        "conflict": {
          "type": "integer"
        },
        "orphan": {
          "type": "integer"
        },
        "compliance": {
          "type": "integer"
        },
        "unseen": {
          "type": "integer"
        },
        "exhausts_soon": {
          "type": "integer"
        },
        "lease_ends": {
          "type": "integer"
        },
        "stale_address": {
          "type": "integer"
        },
        "unknown_address": {
          "type": "integer"
        },
        "webhook_paused": {
          "type": "integer"
        }
      }
    }
  },
  "lease.warning": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/LeaseFacts",
      "required": [
        "severity",
        "lease_of",
        "lease_id",
        "name",
        "span",
        "expires_at",
        "days"
      ]
    }
  },
  "token.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/TokenFacts",
      "required": [
        "name",
        "role",
        "read_only",
        "shared_resources",
        "accounts",
        "pools",
        "expires_at"
      ]
    }
  },
  "token.rotate": {
    "before": {
      "type": "object",
      "properties": {
        "secret": {
          "type": "string",
          "enum": [
            "a new one",
            "the former one"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "secret": {
          "type": "string",
          "enum": [
            "a new one",
            "the former one"
          ]
        }
      }
    }
  },
  "token.revoke": {
    "before": {
      "type": "object",
      "properties": {
        "revoked_at": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "revoked_at": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    }
  },
  "user.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/UserFacts",
      "required": [
        "provider",
        "subject",
        "email",
        "name",
        "role",
        "role_pinned",
        "active",
        "accounts",
        "pools"
      ]
    }
  },
  "user.update": {
    "before": {
      "$ref": "#/components/schemas/UserFacts"
    },
    "after": {
      "$ref": "#/components/schemas/UserFacts"
    }
  },
  "user.log_in": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "provider": {
          "type": "string"
        },
        "ip": {
          "type": "string"
        }
      },
      "required": [
        "provider",
        "ip"
      ]
    }
  },
  "user.log_in_refused": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "additionalProperties": {}
    }
  },
  "user.log_out": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "null"
    }
  },
  "user.end_sessions": {
    "before": {
      "type": "object",
      "properties": {
        "sessions": {
          "type": "integer"
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "sessions": {
          "type": "integer"
        }
      }
    }
  },
  "user.session_ended": {
    "before": {
      "type": [
        "object",
        "null"
      ],
      "properties": {
        "sessions": {
          "type": "integer"
        }
      },
      "required": [
        "sessions"
      ]
    },
    "after": {
      "type": "object",
      "additionalProperties": {}
    }
  },
  "import_map.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/MapFacts",
      "required": [
        "map"
      ]
    }
  },
  "import_map.update": {
    "before": {
      "$ref": "#/components/schemas/MapFacts"
    },
    "after": {
      "$ref": "#/components/schemas/MapFacts"
    }
  },
  "import_map.delete": {
    "before": {
      "$ref": "#/components/schemas/MapFacts",
      "required": [
        "map"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "webhook.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/WebhookFacts",
      "required": [
        "name",
        "origin",
        "filter",
        "template",
        "ordered",
        "version"
      ]
    }
  },
  "webhook.update": {
    "before": {
      "$ref": "#/components/schemas/WebhookFacts"
    },
    "after": {
      "$ref": "#/components/schemas/WebhookFacts"
    }
  },
  "webhook.delete": {
    "before": {
      "$ref": "#/components/schemas/WebhookFacts",
      "required": [
        "name",
        "origin",
        "filter",
        "template",
        "ordered",
        "version"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "webhook.rotate": {
    "before": {
      "type": "object",
      "properties": {
        "secret": {
          "type": "string",
          "enum": [
            "former",
            "new"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "secret": {
          "type": "string",
          "enum": [
            "former",
            "new"
          ]
        }
      }
    }
  },
  "webhook.encrypt": {
    "before": {
      "type": "object",
      "properties": {
        "key": {
          "type": "string",
          "enum": [
            "former",
            "new"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "key": {
          "type": "string",
          "enum": [
            "former",
            "new"
          ]
        }
      }
    }
  },
  "webhook.pause": {
    "before": {
      "type": "object",
      "properties": {
        "state": {
          "type": "string",
          "enum": [
            "ok",
            "paused",
            "retrying"
          ]
        },
        "failure": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "state": {
          "type": "string",
          "enum": [
            "ok",
            "paused",
            "retrying"
          ]
        },
        "failure": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    }
  },
  "webhook.resume": {
    "before": {
      "type": "object",
      "properties": {
        "state": {
          "type": "string",
          "enum": [
            "ok",
            "paused",
            "retrying"
          ]
        },
        "failure": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    },
    "after": {
      "type": "object",
      "properties": {
        "state": {
          "type": "string",
          "enum": [
            "ok",
            "paused",
            "retrying"
          ]
        },
        "failure": {
          "type": [
            "string",
            "null"
          ]
        }
      }
    }
  },
  "webhook.test": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/WebhookTestFacts",
      "required": [
        "name",
        "origin"
      ]
    }
  },
  "webhook.replay": {
    "before": {
      "type": "null"
    },
    "after": {
      "anyOf": [
        {
          "type": "object",
          "properties": {
            "from_seq": {
              "type": "integer"
            },
            "to_seq": {
              "type": "integer"
            }
          },
          "required": [
            "from_seq",
            "to_seq"
          ]
        },
        {
          "type": "object",
          "properties": {
            "dead_deliveries": {
              "type": "integer"
            }
          },
          "required": [
            "dead_deliveries"
          ]
        }
      ]
    }
  },
  "digest.create": {
    "before": {
      "type": "null"
    },
    "after": {
      "$ref": "#/components/schemas/DigestFacts",
      "required": [
        "name",
        "recipients",
        "recipient_domains",
        "schedule",
        "filter",
        "severity",
        "sections",
        "send_empty",
        "enabled",
        "version"
      ]
    }
  },
  "digest.update": {
    "before": {
      "$ref": "#/components/schemas/DigestFacts"
    },
    "after": {
      "$ref": "#/components/schemas/DigestFacts"
    }
  },
  "digest.delete": {
    "before": {
      "$ref": "#/components/schemas/DigestFacts",
      "required": [
        "name",
        "recipients",
        "recipient_domains",
        "schedule",
        "filter",
        "severity",
        "sections",
        "send_empty",
        "enabled",
        "version"
      ]
    },
    "after": {
      "type": "null"
    }
  },
  "digest.test": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "recipients": {
          "type": "integer"
        }
      },
      "required": [
        "recipients"
      ]
    }
  },
  "digest.send": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "due_at": {
          "type": "string"
        },
        "recipients": {
          "type": "integer"
        },
        "refused": {
          "type": "integer"
        }
      },
      "required": [
        "due_at",
        "recipients",
        "refused"
      ]
    }
  },
  "digest.fail": {
    "before": {
      "type": "null"
    },
    "after": {
      "type": "object",
      "properties": {
        "due_at": {
          "type": "string"
        },
        "attempts": {
          "type": "integer"
        }
      },
      "required": [
        "due_at",
        "attempts"
      ]
    }
  }
};
