locals {
  balanced    = var.load_balancer == null ? 0 : 1
  iap_members = var.load_balancer == null ? [] : var.load_balancer.iap_members
}

resource "google_compute_global_address" "load_balancer" {
  count = local.balanced

  project = var.project_id
  name    = "${var.name}-load-balancer"

  depends_on = [google_project_service.this]
}

resource "google_compute_region_network_endpoint_group" "server" {
  count = local.balanced

  project               = var.project_id
  region                = var.region
  name                  = var.name
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.server.name
  }
}

resource "google_compute_backend_service" "server" {
  count = local.balanced

  project               = var.project_id
  name                  = var.name
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"

  backend {
    group = one(google_compute_region_network_endpoint_group.server[*].id)
  }

  iap {
    enabled = length(local.iap_members) > 0
  }
}

resource "google_iap_web_backend_service_iam_member" "member" {
  for_each = toset(local.iap_members)

  project             = var.project_id
  web_backend_service = one(google_compute_backend_service.server[*].name)
  role                = "roles/iap.httpsResourceAccessor"
  member              = each.key
}

resource "google_compute_managed_ssl_certificate" "server" {
  count = local.balanced

  project = var.project_id
  name    = "${var.name}-${substr(sha256(var.load_balancer.domain), 0, 8)}"

  managed {
    domains = [var.load_balancer.domain]
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_project_service.this]
}

resource "google_compute_url_map" "server" {
  count = local.balanced

  project         = var.project_id
  name            = var.name
  default_service = one(google_compute_backend_service.server[*].id)
}

resource "google_compute_target_https_proxy" "server" {
  count = local.balanced

  project          = var.project_id
  name             = var.name
  url_map          = one(google_compute_url_map.server[*].id)
  ssl_certificates = google_compute_managed_ssl_certificate.server[*].id
}

resource "google_compute_global_forwarding_rule" "server" {
  count = local.balanced

  project               = var.project_id
  name                  = var.name
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = one(google_compute_global_address.load_balancer[*].id)
  port_range            = "443"
  target                = one(google_compute_target_https_proxy.server[*].id)
}
