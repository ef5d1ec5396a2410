output "role_arn" {
  description = "The role that the collector assumes."
  value       = aws_iam_role.this.arn
}
