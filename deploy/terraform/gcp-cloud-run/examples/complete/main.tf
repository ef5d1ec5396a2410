# An organization and a single project, people who log in with Google, a domain with IAP before it.
terraform {
  required_version = ">= 1.6.0"

  # The state holds the secrets: keep it where few may read it.
  backend "gcs" {
    bucket = "example-terraform-state"
    prefix = "cloudpam"
  }
}

provider "google" {
  project = "platform-prod-7431"
  region  = "europe-west1"
}

module "cloudpam" {
  source = "../.."

  project_id      = "platform-prod-7431"
  region          = "europe-west1"
  release         = "0.1.0"
  organization_id = "123456789012"
  subnet_cidr     = "10.20.0.0/26"
  database_cidr   = "10.20.16.0/20"
  labels          = { team = "network" }

  database = {
    tier              = "db-custom-2-7680"
    high_availability = true
    backups_kept      = 30
  }

  server = {
    cpu           = "2"
    memory        = "2Gi"
    min_instances = 2
    max_instances = 5
  }

  settings = {
    OIDC_ISSUER      = "https://accounts.google.com"
    OIDC_CLIENT_ID   = "123-abc.apps.googleusercontent.com"
    OIDC_ROLE_CLAIM  = "hd"
    OIDC_ROLE_MAP    = "example.com=viewer"
    DISCOVERY_POLICY = "approve"
  }
  secret_settings = {
    OIDC_CLIENT_SECRET = "cloudpam-oidc-client-secret"
  }

  collectors = {
    organization = {
      schedule  = "17 */6 * * *"
      time_zone = "Europe/Berlin"
      parent    = "organizations/123456789012"
    }
    sandbox = {
      schedule      = "0 4 * * 1-5"
      parent        = "folders/456789012345"
      project_query = "labels.env:sandbox"
    }
    acquired = {
      schedule = "30 3 * * 0"
      projects = ["acquired-prod-2086", "acquired-data-1177"]
    }
  }

  load_balancer = {
    domain      = "pam.example.com"
    iap_members = ["group:network@example.com"]
  }
}

output "url" {
  description = "Where people find the server."
  value       = module.cloudpam.url
}

output "load_balancer_address" {
  description = "The address that pam.example.com must lead to."
  value       = module.cloudpam.load_balancer_address
}

output "admin_token_secret" {
  description = "The secret that has the first admin token."
  value       = module.cloudpam.admin_token_secret
}
