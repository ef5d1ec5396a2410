resource "google_sql_database_instance" "this" {
  project             = var.project_id
  region              = var.region
  name                = var.name
  database_version    = var.database.version
  deletion_protection = var.deletion_protection

  settings {
    edition                     = "ENTERPRISE"
    tier                        = var.database.tier
    availability_type           = var.database.high_availability ? "REGIONAL" : "ZONAL"
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = var.labels

    ip_configuration {
      ipv4_enabled       = false
      private_network    = google_compute_network.this.id
      allocated_ip_range = google_compute_global_address.database.name
      ssl_mode           = "ENCRYPTED_ONLY"
      # Its CA is of the instance alone, so that whom it has signed is the instance.
      server_ca_mode = "GOOGLE_MANAGED_INTERNAL_CA"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = var.database.backups_kept
      }
    }
  }

  depends_on = [google_service_networking_connection.database]
}

resource "google_sql_database" "this" {
  project  = var.project_id
  instance = google_sql_database_instance.this.name
  name     = "cloudpam"
}

resource "google_sql_user" "this" {
  project  = var.project_id
  instance = google_sql_database_instance.this.name
  name     = "cloudpam"
  password = random_password.database.result
  # It owns the tables, and goes with the instance.
  deletion_policy = "ABANDON"
}
