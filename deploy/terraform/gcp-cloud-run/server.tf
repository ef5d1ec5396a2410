locals {
  server_env = merge(var.settings, {
    HOST       = "0.0.0.0"
    PUBLIC_URL = local.public_url
    # Requests come to the container from an address of the link, after the load balancer if there is one.
    TRUSTED_PROXIES = join(",", concat(["linklocal"], google_compute_global_address.load_balancer[*].address))
    # Cloud Run kills a container ten seconds after it was told to end.
    SHUTDOWN_TIMEOUT = lookup(var.settings, "SHUTDOWN_TIMEOUT", "8s")
  })
}

resource "google_cloud_run_v2_service" "server" {
  project             = var.project_id
  location            = var.region
  name                = var.name
  labels              = var.labels
  deletion_protection = var.deletion_protection
  ingress             = var.load_balancer == null ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  # Whoever asks shows a token or a session to the server itself.
  invoker_iam_disabled = true

  template {
    service_account                  = google_service_account.this["server"].email
    max_instance_request_concurrency = 80
    timeout                          = "300s"
    labels                           = var.labels

    scaling {
      min_instance_count = var.server.min_instances
      max_instance_count = var.server.max_instances
    }

    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.this.id
        subnetwork = google_compute_subnetwork.this.id
      }
    }

    volumes {
      name = "database-ca"

      secret {
        secret = google_secret_manager_secret.this["database-ca"].secret_id

        items {
          path    = "ca.pem"
          version = google_secret_manager_secret_version.this["database-ca"].version
        }
      }
    }

    containers {
      image = local.server_image

      ports {
        container_port = 8080
      }

      resources {
        # Sealing, housekeeping and forwarding go on between requests.
        cpu_idle          = false
        startup_cpu_boost = true
        limits = {
          cpu    = var.server.cpu
          memory = var.server.memory
        }
      }

      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 36

        http_get {
          path = "/readyz"
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 3

        http_get {
          path = "/healthz"
        }
      }

      volume_mounts {
        name       = "database-ca"
        mount_path = local.database_ca_folder
      }

      dynamic "env" {
        for_each = local.server_env

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_env

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.value].secret_id
              version = google_secret_manager_secret_version.this[env.value].version
            }
          }
        }
      }

      dynamic "env" {
        for_each = var.secret_settings

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value
              version = "latest"
            }
          }
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = length(setintersection(keys(var.settings), keys(var.secret_settings))) == 0
      error_message = "A setting is either in settings or in secret_settings."
    }
  }

  depends_on = [
    google_secret_manager_secret_iam_member.server,
    google_secret_manager_secret_iam_member.settings,
  ]
}
