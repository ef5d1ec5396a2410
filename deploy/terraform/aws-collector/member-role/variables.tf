variable "collector_role_arn" {
  description = "The role of the collector, output task_role_arn of the module aws-collector."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.collector_role_arn))
    error_message = "A role is named by its ARN."
  }
}

variable "external_id" {
  description = "What the collector must say along, as external_id of aws-collector; or organization_id is given."
  type        = string
  default     = null

  validation {
    condition     = var.external_id == null || can(regex("^[\\w+=,.@:/-]{16}[\\w+=,.@:/-]*$", var.external_id))
    error_message = "An external id has 16 characters and more: letters, digits and +=,.@:/_-."
  }
}

variable "organization_id" {
  description = "In place of external_id: trusts the collector's role, by its name, in this organization."
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null || can(regex("^o-[a-z0-9]{10,32}$", var.organization_id))
    error_message = "An organization is like o-exampleorgid."
  }
}

variable "role_name" {
  description = "What the role is called: the same in all accounts."
  type        = string
  default     = "CloudPAMCollector"

  validation {
    condition     = can(regex("^[a-zA-Z0-9+=,.@_-]{1,64}$", var.role_name))
    error_message = "A name of a role has up to 64 letters, digits and +=,.@_-."
  }
}

variable "tags" {
  description = "Tags of the role."
  type        = map(string)
  default     = {}
}
