# A collector that reads the account it runs in.
terraform {
  required_version = ">= 1.6.0"
}

provider "aws" {
  region = "eu-west-1"
}

variable "server_url" {
  description = "Where the server is reached."
  type        = string
}

variable "vpc_id" {
  description = "The VPC that the collector runs in."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the VPC with a way out."
  type        = list(string)
}

module "collector" {
  source = "../.."

  server_url = var.server_url
  release    = "0.1.0"
  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids
}

output "cluster_arn" {
  description = "The cluster that the task runs in."
  value       = module.collector.cluster_arn
}

output "security_group_id" {
  description = "The security group of the task."
  value       = module.collector.security_group_id
}

output "token_secret_arn" {
  description = "The secret that the token belongs into."
  value       = module.collector.token_secret_arn
}
