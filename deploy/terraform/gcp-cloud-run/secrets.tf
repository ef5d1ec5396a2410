resource "random_password" "database" {
  length  = 40
  special = false
}

resource "random_password" "audit_key" {
  length  = 64
  special = false
}

# The form of a token: cpam_<12 characters>_<52 characters>, each one of a-z2-7.
resource "random_password" "token" {
  for_each = toset(["admin", "collector"])

  length           = 64
  lower            = false
  upper            = false
  numeric          = false
  override_special = "abcdefghijklmnopqrstuvwxyz234567"
}

locals {
  database_ca_folder = "/etc/cloudpam/database"
  database_address   = google_sql_database_instance.this.private_ip_address
  # The certificate of the database has the name of no host: what is checked is who has signed it.
  database_tls = "sslmode=verify-ca&sslrootcert=${local.database_ca_folder}/ca.pem&uselibpqcompat=true"
  database_url = join("", [
    "postgres://${google_sql_user.this.name}:${random_password.database.result}@${local.database_address}",
    "/${google_sql_database.this.name}?${local.database_tls}"
  ])
  tokens = {
    for name, random in random_password.token :
    name => "cpam_${substr(random.result, 0, 12)}_${substr(random.result, 12, 52)}"
  }
  secrets = {
    admin-token     = local.tokens["admin"]
    collector-token = local.tokens["collector"]
    audit-key       = random_password.audit_key.result
    database-url    = local.database_url
    database-ca     = google_sql_database_instance.this.server_ca_cert[0].cert
  }
  # Which setting of the server each of them is.
  secret_env = {
    CLOUDPAM_BOOTSTRAP_TOKEN           = "admin-token"
    CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN = "collector-token"
    AUDIT_KEY                          = "audit-key"
    DATABASE_URL                       = "database-url"
  }
}

resource "google_secret_manager_secret" "this" {
  for_each = toset(["admin-token", "collector-token", "audit-key", "database-url", "database-ca"])

  project   = var.project_id
  secret_id = "${var.name}-${each.key}"
  labels    = var.labels

  replication {
    auto {}
  }

  depends_on = [google_project_service.this]
}

resource "google_secret_manager_secret_version" "this" {
  for_each = google_secret_manager_secret.this

  secret      = each.value.id
  secret_data = local.secrets[each.key]
}

resource "google_secret_manager_secret_iam_member" "server" {
  for_each = google_secret_manager_secret.this

  project   = var.project_id
  secret_id = each.value.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["server"].member
}

resource "google_secret_manager_secret_iam_member" "settings" {
  for_each = var.secret_settings

  project   = var.project_id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["server"].member
}

resource "google_secret_manager_secret_iam_member" "collector" {
  project   = var.project_id
  secret_id = google_secret_manager_secret.this["collector-token"].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["collector"].member
}
