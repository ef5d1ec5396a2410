variable "server_url" {
  description = "Where the server is reached, such as https://pam.example.com."
  type        = string

  validation {
    condition = can(regex(join("", [
      "^https://([^/?#@\\s:]+|\\[[0-9a-fA-F:.]+\\])",
      "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"
    ]), var.server_url))
    error_message = "The address is like https://pam.example.com, without a path."
  }
}

variable "release" {
  description = "The version of the collector, such as 0.1.0: the tag of its image."
  type        = string

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$", var.release))
    error_message = "A release is pinned, such as 0.1.0; latest is none."
  }
}

variable "image" {
  description = "An image of your own, in ECR too, with a version as its tag or a digest."
  type        = string
  default     = null

  validation {
    condition = var.image == null || can(regex(
      "(:v?[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.-]*|@sha256:[0-9a-f]{64})$", var.image
    ))
    error_message = "An image is pinned: its tag is a version, or it has a digest."
  }
}

variable "name" {
  description = "What task, schedule, logs, secret and security group are called."
  type        = string
  default     = "cloudpam-collector"

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,39}$", var.name))
    error_message = "A name has up to 40 letters, digits and -, and begins with a letter."
  }
}

variable "role_prefix" {
  description = "What the names of the roles begin with; Task, Execution and Schedule follow."
  type        = string
  default     = "CloudPAMCollector"

  validation {
    condition     = can(regex("^[a-zA-Z0-9+=,.@_-]{1,50}$", var.role_prefix))
    error_message = "A name of a role has up to 50 letters, digits and +=,.@_-."
  }
}

variable "vpc_id" {
  description = "The VPC that the collector runs in."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "A VPC is like vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Subnets of the VPC with a way out to the APIs of AWS and to the server."
  type        = list(string)

  validation {
    condition = length(var.subnet_ids) > 0 && alltrue([
      for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))
    ])
    error_message = "Subnets are like subnet-0123456789abcdef0, and there is one at least."
  }
}

variable "assign_public_ip" {
  description = "Gives the task a public address, for subnets whose way out is an internet gateway. Nothing comes in."
  type        = bool
  default     = false
}

variable "cluster_arn" {
  description = "The cluster of ECS to run in; one is made where it is not given."
  type        = string
  default     = null
}

variable "schedule" {
  description = "When the collector runs, as EventBridge Scheduler takes it: rate(6 hours), or cron(17 */6 * * ? *)."
  type        = string
  default     = "rate(6 hours)"

  validation {
    condition = anytrue([
      can(regex("^rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\\)$", var.schedule)),
      can(regex(format("^cron\\(%s\\)$", join(" ", [
        for number in [
          "[0-5]?[0-9]", "([01]?[0-9]|2[0-3])", "(0?[1-9]|[12][0-9]|3[01])", "(0?[1-9]|1[0-2])", "[1-7]", "20[0-9]{2}"
        ] :
        format("(\\?|(\\*|%[1]s(-%[1]s)?)(/[1-9][0-9]?)?(,%[1]s(-%[1]s)?(/[1-9][0-9]?)?)*)", number)
      ])), var.schedule))
    ])
    error_message = "A schedule is rate(6 hours), or cron() with six fields in numbers: cron(17 */6 * * ? *)."
  }
}

variable "time_zone" {
  description = "The time zone of a schedule that is a cron()."
  type        = string
  default     = "UTC"
}

variable "organization" {
  description = "Reads all accounts of the organization, from its management account or a delegated administrator."
  type        = bool
  default     = false
}

variable "accounts" {
  description = "Reads these accounts, by their 12 digits, in place of those of the organization."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.accounts : can(regex("^[0-9]{12}$", each))])
    error_message = "An account has 12 digits."
  }
}

variable "member_role_name" {
  description = "The role that the collector assumes in the other accounts; module member-role makes it."
  type        = string
  default     = "CloudPAMCollector"

  validation {
    condition     = can(regex("^[a-zA-Z0-9+=,.@_/-]{1,512}$", var.member_role_name))
    error_message = "A role is named with its path, without a slash before it: teams/net/Reader."
  }
}

variable "external_id" {
  description = "The external id that the roles of the other accounts ask for."
  type        = string
  default     = null

  validation {
    condition     = var.external_id == null || can(regex("^[\\w+=,.@:/-]{16}[\\w+=,.@:/-]*$", var.external_id))
    error_message = "An external id has 16 characters and more: letters, digits and +=,.@:/_-."
  }
}

variable "regions" {
  description = "Reads these regions, in place of all that are enabled."
  type        = list(string)
  default     = []
}

variable "exclude_regions" {
  description = "Does not read these regions: those that a policy denies."
  type        = list(string)
  default     = []
}

variable "token_secret_arn" {
  description = "A secret that has the token as its text; one is made, without a text, where it is not given."
  type        = string
  default     = null

  validation {
    condition     = var.token_secret_arn == null || can(regex("^arn:aws[a-z-]*:secretsmanager:", var.token_secret_arn))
    error_message = "A secret is named by its ARN."
  }
}

variable "log_retention_days" {
  description = "For how many days logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731 days."
  }
}

variable "tags" {
  description = "Tags of everything that takes some."
  type        = map(string)
  default     = {}
}
