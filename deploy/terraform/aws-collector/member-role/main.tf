# docs/collectors/aws.md has the same statements.
locals {
  by_external_id = {
    Principal = { AWS = var.collector_role_arn }
    Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
  }
  by_organization = {
    Principal = { AWS = "*" }
    Condition = {
      StringEquals = { "aws:PrincipalOrgID" = var.organization_id }
      ArnEquals    = { "aws:PrincipalArn" = var.collector_role_arn }
    }
  }
}

resource "aws_iam_role" "this" {
  name        = var.role_name
  description = "Lists networks for CloudPAM. Changes nothing."
  tags        = var.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for each in [var.external_id == null ? jsonencode(local.by_organization) : jsonencode(local.by_external_id)] :
      merge({ Sid = "CloudPAMCollector", Effect = "Allow", Action = "sts:AssumeRole" }, jsondecode(each))
    ]
  })

  lifecycle {
    precondition {
      condition     = (var.external_id == null) != (var.organization_id == null)
      error_message = "Either external_id or organization_id is given."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  name = "collect"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "CloudPAMCollector"
      Effect   = "Allow"
      Action   = ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeRegions"]
      Resource = "*"
    }]
  })
}
