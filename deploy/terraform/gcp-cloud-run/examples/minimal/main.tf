# A server, and a collector that reads the project it runs in.
terraform {
  required_version = ">= 1.6.0"
}

provider "google" {
  project = var.project_id
  region  = var.region
}

variable "project_id" {
  description = "The project that everything is made in."
  type        = string
}

variable "region" {
  description = "The region of all of it."
  type        = string
  default     = "europe-west1"
}

module "cloudpam" {
  source = "../.."

  project_id = var.project_id
  region     = var.region
  release    = "0.1.0"

  collectors = {
    own = {
      schedule = "17 */6 * * *"
      projects = [var.project_id]
    }
  }
}

output "url" {
  description = "Where people find the server."
  value       = module.cloudpam.url
}

output "admin_token_secret" {
  description = "The secret that has the first admin token."
  value       = module.cloudpam.admin_token_secret
}

output "collector_jobs" {
  description = "The jobs of Cloud Run that the collectors are."
  value       = module.cloudpam.collector_jobs
}
