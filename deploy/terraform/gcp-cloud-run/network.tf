locals {
  # The length of the larger range.
  shorter = min([for cidr in [var.subnet_cidr, var.database_cidr] : tonumber(split("/", cidr)[1])]...)
}

resource "google_compute_network" "this" {
  project                 = var.project_id
  name                    = var.name
  auto_create_subnetworks = false

  depends_on = [google_project_service.this]
}

resource "google_compute_subnetwork" "this" {
  project                  = var.project_id
  region                   = var.region
  name                     = var.name
  network                  = google_compute_network.this.id
  ip_cidr_range            = var.subnet_cidr
  private_ip_google_access = true
}

resource "google_compute_global_address" "database" {
  project       = var.project_id
  name          = "${var.name}-database"
  network       = google_compute_network.this.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  address       = cidrhost(var.database_cidr, 0)
  prefix_length = tonumber(split("/", var.database_cidr)[1])

  lifecycle {
    precondition {
      # Two ranges have an address in common if the larger one has the first of the smaller one.
      condition = (
        cidrhost("${cidrhost(var.subnet_cidr, 0)}/${local.shorter}", 0) !=
        cidrhost("${cidrhost(var.database_cidr, 0)}/${local.shorter}", 0)
      )
      error_message = "subnet_cidr and database_cidr overlap."
    }
  }
}

resource "google_service_networking_connection" "database" {
  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.database.name]
  # Google gives the range back days after the database has gone; until then it cannot be removed.
  deletion_policy = "ABANDON"
}
