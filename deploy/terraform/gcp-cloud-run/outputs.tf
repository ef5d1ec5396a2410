output "url" {
  description = "Where people find the server."
  value       = local.public_url
}

output "admin_token_secret" {
  description = "The secret that has the first admin token, to log in with."
  value       = google_secret_manager_secret.this["admin-token"].secret_id
}

output "collector_token_secret" {
  description = "The secret that has the token of the collectors."
  value       = google_secret_manager_secret.this["collector-token"].secret_id
}

output "collector_jobs" {
  description = "The jobs of Cloud Run that the collectors are, by the names of the collectors."
  value       = { for name, job in google_cloud_run_v2_job.collector : name => job.name }
}

output "collector_service_account" {
  description = "Who the collectors are: what to grant the role to where the module cannot."
  value       = google_service_account.this["collector"].email
}

output "image_repository" {
  description = "Where Cloud Run pulls the images from."
  value       = local.registry
}

output "database_instance" {
  description = "The instance of Cloud SQL."
  value       = google_sql_database_instance.this.name
}

output "load_balancer_address" {
  description = "The address that the domain of the load balancer must lead to; null without one."
  value       = one(google_compute_global_address.load_balancer[*].address)
}
