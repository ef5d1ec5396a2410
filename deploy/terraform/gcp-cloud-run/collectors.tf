locals {
  of_projects = toset(flatten([for each in values(var.collectors) : each.projects]))
  of_parents  = toset([for each in values(var.collectors) : each.parent if each.parent != null])
  role_id     = "${replace(var.name, "-", "_")}Collector"
  role_title  = "CloudPAM Collector"
  role_text   = "Lists networks and subnetworks of projects for CloudPAM. Changes nothing."

  # As docs/collectors/gcp.md says; a role of a project cannot hold the last one.
  project_permissions = [
    "compute.networks.list",
    "compute.subnetworks.list",
    "resourcemanager.projects.get",
  ]
  organization_permissions = concat(local.project_permissions, ["resourcemanager.folders.list"])
}

resource "google_organization_iam_custom_role" "collector" {
  count = var.organization_id == null ? 0 : 1

  org_id      = var.organization_id
  role_id     = local.role_id
  title       = local.role_title
  description = local.role_text
  permissions = local.organization_permissions

  depends_on = [google_project_service.this]
}

resource "google_organization_iam_member" "collector" {
  for_each = toset([for each in local.of_parents : each if startswith(each, "organizations/")])

  org_id = split("/", each.key)[1]
  role   = one(google_organization_iam_custom_role.collector[*].id)
  member = google_service_account.this["collector"].member
}

resource "google_folder_iam_member" "collector" {
  for_each = toset([for each in local.of_parents : each if startswith(each, "folders/")])

  folder = each.key
  role   = one(google_organization_iam_custom_role.collector[*].id)
  member = google_service_account.this["collector"].member
}

resource "google_project_iam_custom_role" "collector" {
  for_each = local.of_projects

  project     = each.key
  role_id     = local.role_id
  title       = local.role_title
  description = local.role_text
  permissions = local.project_permissions

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "collector" {
  for_each = local.of_projects

  project = each.key
  role    = google_project_iam_custom_role.collector[each.key].id
  member  = google_service_account.this["collector"].member
}

resource "google_cloud_run_v2_job" "collector" {
  for_each = var.collectors

  project             = var.project_id
  location            = var.region
  name                = "${var.name}-collector-${each.key}"
  labels              = var.labels
  deletion_protection = false

  template {
    labels = var.labels

    template {
      service_account = google_service_account.this["collector"].email
      max_retries     = 1
      timeout         = "3600s"

      # A server behind a load balancer answers callers of its own network only, and so they come through it.
      dynamic "vpc_access" {
        for_each = var.load_balancer == null ? [] : ["ALL_TRAFFIC"]

        content {
          egress = vpc_access.value

          network_interfaces {
            network    = google_compute_network.this.id
            subnetwork = google_compute_subnetwork.this.id
          }
        }
      }

      containers {
        image = local.collector_image
        args = concat(
          ["run", "--provider", "gcp", "--json"],
          length(each.value.projects) == 0 ? [] : ["--projects", join(",", each.value.projects)],
          each.value.parent == null ? [] : ["--parent", each.value.parent],
          each.value.project_query == null ? [] : ["--project-query", each.value.project_query],
        )

        resources {
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        env {
          name  = "CLOUDPAM_SERVER"
          value = local.run_url
        }

        env {
          name = "CLOUDPAM_TOKEN"

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this["collector-token"].secret_id
              version = google_secret_manager_secret_version.this["collector-token"].version
            }
          }
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = each.value.parent == null || var.organization_id != null
      error_message = "A collector that covers a parent needs organization_id, where its role is made."
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.collector]
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  for_each = google_cloud_run_v2_job.collector

  project  = var.project_id
  location = var.region
  name     = each.value.name
  role     = "roles/run.invoker"
  member   = google_service_account.this["scheduler"].member
}

resource "google_cloud_scheduler_job" "collector" {
  for_each = var.collectors

  project     = var.project_id
  region      = var.region
  name        = google_cloud_run_v2_job.collector[each.key].name
  description = "Has CloudPAM read networks"
  schedule    = each.value.schedule
  time_zone   = each.value.time_zone

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.collector[each.key].id}:run"

    oauth_token {
      service_account_email = google_service_account.this["scheduler"].email
    }
  }

  retry_config {
    retry_count = 2
  }

  depends_on = [google_cloud_run_v2_job_iam_member.scheduler]
}
