variable "project_id" {
  description = "The project that everything is made in."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project is named by its id, such as platform-prod-7431."
  }
}

variable "region" {
  description = "The region of the server, its database and the collectors."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region is like europe-west1, not a zone."
  }
}

variable "name" {
  description = "What the service is called; the names of everything else begin with it."
  type        = string
  default     = "cloudpam"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,14}[a-z0-9])?$", var.name))
    error_message = "A name has up to 16 characters a-z, 0-9 and -, and begins with a letter."
  }
}

variable "release" {
  description = "The version of server and collector, such as 0.1.0: the tag of both images."
  type        = string

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$", var.release))
    error_message = "A release is pinned, such as 0.1.0; latest is none."
  }
}

variable "images" {
  description = "Images of your own in place of those of the release, each with a version as its tag or a digest."
  type = object({
    server    = optional(string)
    collector = optional(string)
  })
  default = {}

  validation {
    condition = alltrue([
      for image in compact(values(var.images)) :
      can(regex("(:v?[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.-]*|@sha256:[0-9a-f]{64})$", image))
    ])
    error_message = "An image is pinned: its tag is a version, or it has a digest."
  }
}

variable "subnet_cidr" {
  description = "The addresses of server and collectors: /26 or larger, and in use nowhere else."
  type        = string
  default     = "10.180.0.0/26"

  validation {
    condition = can(cidrnetmask(var.subnet_cidr)) && can(cidrhost(var.subnet_cidr, 63)) && (
      try("${cidrhost(var.subnet_cidr, 0)}/${split("/", var.subnet_cidr)[1]}", "") == var.subnet_cidr
    )
    error_message = "The addresses are a CIDR of IPv4, /26 or larger, such as 10.180.0.0/26."
  }
}

variable "database_cidr" {
  description = "The addresses that Google makes the database in: /24 or larger, and in use nowhere else."
  type        = string
  default     = "10.180.1.0/24"

  validation {
    condition = can(cidrnetmask(var.database_cidr)) && can(cidrhost(var.database_cidr, 255)) && (
      try("${cidrhost(var.database_cidr, 0)}/${split("/", var.database_cidr)[1]}", "") == var.database_cidr
    )
    error_message = "The addresses are a CIDR of IPv4, /24 or larger, such as 10.180.1.0/24."
  }
}

variable "database" {
  description = "Size and safety of the database."
  type = object({
    version           = optional(string, "POSTGRES_17")
    tier              = optional(string, "db-custom-1-3840")
    high_availability = optional(bool, false)
    backups_kept      = optional(number, 14)
  })
  default = {}

  validation {
    condition     = can(regex("^POSTGRES_1[4-9]$", var.database.version))
    error_message = "The database is PostgreSQL 14 or newer: POSTGRES_17."
  }
  validation {
    condition     = var.database.backups_kept >= 1 && var.database.backups_kept <= 365
    error_message = "Of the daily backups 1 to 365 are kept."
  }
}

variable "server" {
  description = "Size and number of the servers; with none at least, work beside the requests waits for one."
  type = object({
    cpu           = optional(string, "1")
    memory        = optional(string, "1Gi")
    min_instances = optional(number, 1)
    max_instances = optional(number, 3)
  })
  default = {}

  validation {
    condition = (
      var.server.min_instances >= 0 && var.server.min_instances <= var.server.max_instances &&
      var.server.max_instances >= 1 && var.server.max_instances <= 5
    )
    error_message = "There are 1 to 5 servers: each takes 16 of the 100 connections of the database."
  }
}

variable "public_url" {
  description = "Where people find the server, if not by the domain of the load balancer or the address of Cloud Run."
  type        = string
  default     = null

  validation {
    condition     = var.public_url == null || can(regex("^https://[^/?#]+$", var.public_url))
    error_message = "The address is like https://pam.example.com, without a path."
  }
}

variable "settings" {
  description = "More settings of the server by their names in the environment, such as OIDC_ISSUER."
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([
      for name in keys(var.settings) :
      !can(regex("(^DATABASE_URL|^DATABASE_REPLICAS|_KEY|_SECRET|_TOKEN|_DSN)$", name))
    ])
    error_message = "What is secret belongs into secret_settings."
  }
  validation {
    condition     = length(setintersection(keys(var.settings), ["HOST", "PORT", "PUBLIC_URL", "TRUSTED_PROXIES"])) == 0
    error_message = "HOST, PORT, PUBLIC_URL and TRUSTED_PROXIES are set by the module."
  }
}

variable "secret_settings" {
  description = "More settings, such as OIDC_CLIENT_SECRET: for each a secret of the project with its text."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for secret in values(var.secret_settings) : can(regex("^[a-zA-Z0-9_-]{1,255}$", secret))])
    error_message = "A secret is named by its id in Secret Manager."
  }
  validation {
    condition = alltrue([
      for name in keys(var.secret_settings) : !can(regex(
        "^(HOST|PORT|PUBLIC_URL|TRUSTED_PROXIES|SHUTDOWN_TIMEOUT|AUDIT_KEY|DATABASE_URL|CLOUDPAM_BOOTSTRAP_(COLLECTOR_)?TOKEN)$", name
      ))
    ])
    error_message = "Addresses, the database, the keys of the log and the first tokens are set by the module."
  }
}

variable "collectors" {
  description = "Collectors by their names: when each runs, in cron's five fields, and what it covers."
  type = map(object({
    schedule      = string
    time_zone     = optional(string, "Etc/UTC")
    projects      = optional(list(string), [])
    parent        = optional(string)
    project_query = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.collectors) : can(regex("^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$", name))])
    error_message = "A name has up to 24 characters a-z, 0-9 and -, and begins with a letter."
  }
  validation {
    condition = alltrue([
      for each in values(var.collectors) : length(split(" ", each.schedule)) == 5 && alltrue([
        for at, field in split(" ", each.schedule) : can(regex(
          format("^(\\*|%[1]s(-%[1]s)?)(/[1-9][0-9]?)?(,%[1]s(-%[1]s)?(/[1-9][0-9]?)?)*$", element([
            "[0-5]?[0-9]", "([01]?[0-9]|2[0-3])", "(0?[1-9]|[12][0-9]|3[01])", "(0?[1-9]|1[0-2])", "[0-7]"
          ], at)), field
        ))
      ])
    ])
    error_message = "A schedule has cron's five fields in numbers: 17 */6 * * *."
  }
  validation {
    condition     = alltrue([for each in values(var.collectors) : (length(each.projects) > 0) != (each.parent != null)])
    error_message = "A collector covers either projects or a parent."
  }
  validation {
    condition     = alltrue([for each in values(var.collectors) : each.project_query == null || each.parent != null])
    error_message = "A project_query is about what is under a parent."
  }
  validation {
    condition = alltrue([
      for project in flatten([for each in values(var.collectors) : each.projects]) :
      can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", project))
    ])
    error_message = "A project is named by its id, such as platform-prod-7431."
  }
  validation {
    condition = alltrue([
      for each in values(var.collectors) :
      each.parent == null || can(regex("^(organizations|folders)/[0-9]+$", each.parent))
    ])
    error_message = "A parent is organizations/NUMBER or folders/NUMBER."
  }
}

variable "organization_id" {
  description = "The number of the organization, where a collector covers it or a folder of it: its role is made there."
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null || can(regex("^[0-9]+$", var.organization_id))
    error_message = "An organization is named by its number."
  }
}

variable "load_balancer" {
  description = "A load balancer for a domain of your own; with members of IAP only these pass it."
  type = object({
    domain      = string
    iap_members = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.load_balancer == null || can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", var.load_balancer.domain))
    error_message = "A domain is like pam.example.com."
  }
  validation {
    condition = alltrue([
      for member in try(var.load_balancer.iap_members, []) :
      can(regex("^((user|group|serviceAccount):[^@\\s]+@|domain:)[^@\\s]+$", member))
    ])
    error_message = "Who may pass IAP is like user:, group: or serviceAccount: with an address, or domain:example.com."
  }
}

variable "deletion_protection" {
  description = "Keeps the server and its database from being deleted."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of everything that takes some."
  type        = map(string)
  default     = {}
}
