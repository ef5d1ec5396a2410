data "google_project" "this" {
  project_id = var.project_id
}

locals {
  # Cloud Run gives every service an address that is known before there is the service.
  run_url    = "https://${var.name}-${data.google_project.this.number}.${var.region}.run.app"
  domain_url = var.load_balancer == null ? null : "https://${var.load_balancer.domain}"
  public_url = coalesce(var.public_url, local.domain_url, local.run_url)

  repository      = google_artifact_registry_repository.images.repository_id
  registry        = "${var.region}-docker.pkg.dev/${var.project_id}/${local.repository}"
  server_image    = coalesce(var.images.server, "${local.registry}/cloudpam/server:${var.release}")
  collector_image = coalesce(var.images.collector, "${local.registry}/cloudpam/collector:${var.release}")
}

resource "google_project_service" "this" {
  for_each = toset([
    "artifactregistry", "cloudresourcemanager", "cloudscheduler", "compute", "iam", "iap", "run", "secretmanager",
    "servicenetworking", "sqladmin"
  ])

  project            = var.project_id
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

# Cloud Run does not pull from GitHub: this fetches what is asked for, and keeps it.
resource "google_artifact_registry_repository" "images" {
  project       = var.project_id
  location      = var.region
  repository_id = var.name
  description   = "The images of CloudPAM, from ghcr.io"
  format        = "DOCKER"
  mode          = "REMOTE_REPOSITORY"
  labels        = var.labels

  remote_repository_config {
    common_repository {
      uri = "https://ghcr.io"
    }
  }

  depends_on = [google_project_service.this]
}

resource "google_service_account" "this" {
  for_each = {
    server    = "The server of CloudPAM: reads its secrets"
    collector = "The collectors of CloudPAM: read networks, and their token"
    scheduler = "Starts the collectors of CloudPAM"
  }

  project      = var.project_id
  account_id   = "${var.name}-${each.key}"
  display_name = each.value

  depends_on = [google_project_service.this]
}
