output "task_role_arn" {
  description = "The role of the collector, which the roles of the other accounts trust."
  value       = aws_iam_role.task.arn
}

output "token_secret_arn" {
  description = "The secret that the token of the collector belongs into."
  value       = local.token_secret
}

output "task_definition_arn" {
  description = "The task, to start it by hand."
  value       = aws_ecs_task_definition.this.arn
}

output "cluster_arn" {
  description = "The cluster that the task runs in."
  value       = local.cluster_arn
}

output "security_group_id" {
  description = "The security group of the task."
  value       = aws_security_group.this.id
}

output "log_group" {
  description = "Where the collector's words go."
  value       = aws_cloudwatch_log_group.this.name
}
