data "aws_partition" "this" {}

data "aws_region" "this" {}

data "aws_caller_identity" "this" {}

locals {
  image        = coalesce(var.image, "ghcr.io/cloudpam/collector:${var.release}")
  cluster_arn  = coalesce(var.cluster_arn, one(aws_ecs_cluster.this[*].arn))
  token_secret = coalesce(var.token_secret_arn, one(aws_secretsmanager_secret.token[*].arn))
  has_members  = var.organization || length(var.accounts) > 0
  # As the server's address says; 443 where it does not.
  server_port = tonumber(try(regex(":([0-9]+)$", var.server_url)[0], "443"))
}

resource "aws_ecs_cluster" "this" {
  count = var.cluster_arn == null ? 1 : 0

  name = var.name
  tags = var.tags
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/cloudpam/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_secretsmanager_secret" "token" {
  count = var.token_secret_arn == null ? 1 : 0

  name        = var.name
  description = "The token of CloudPAM's collector"
  tags        = var.tags
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "The collector of CloudPAM: dials out, and is never called"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = toset([for port in distinct([443, local.server_port]) : tostring(port)])

  security_group_id = aws_security_group.this.id
  description       = "The APIs of AWS, and the server"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  task_role_arn            = aws_iam_role.task.arn
  execution_role_arn       = aws_iam_role.execution.arn
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([{
    name      = "collector"
    image     = local.image
    essential = true
    command = concat(
      ["run", "--provider", "aws", "--json"],
      var.organization && length(var.accounts) == 0 ? ["--organization"] : [],
      length(var.accounts) == 0 ? [] : ["--accounts", join(",", var.accounts)],
      local.has_members ? ["--role-name", var.member_role_name] : [],
      length(var.regions) == 0 ? [] : ["--regions", join(",", var.regions)],
      length(var.exclude_regions) == 0 ? [] : ["--exclude-regions", join(",", var.exclude_regions)],
      data.aws_partition.this.partition == "aws" ? [] : ["--partition", data.aws_partition.this.partition],
    )
    environment = concat(
      [
        { name = "AWS_REGION", value = data.aws_region.this.region },
        { name = "CLOUDPAM_SERVER", value = var.server_url },
      ],
      local.has_members && var.external_id != null ? [{ name = "CLOUDPAM_EXTERNAL_ID", value = var.external_id }] : [],
    )
    secrets                = [{ name = "CLOUDPAM_TOKEN", valueFrom = local.token_secret }]
    readonlyRootFilesystem = true
    stopTimeout            = 120
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.this.region
        awslogs-stream-prefix = "collector"
      }
    }
  }])
}

resource "aws_scheduler_schedule" "this" {
  name                         = var.name
  description                  = "Has CloudPAM read networks"
  schedule_expression          = var.schedule
  schedule_expression_timezone = var.time_zone

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = local.cluster_arn
    role_arn = aws_iam_role.schedule.arn

    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.this.arn
      task_count          = 1
      launch_type         = "FARGATE"

      network_configuration {
        subnets          = var.subnet_ids
        security_groups  = [aws_security_group.this.id]
        assign_public_ip = var.assign_public_ip
      }
    }

    retry_policy {
      maximum_retry_attempts       = 2
      maximum_event_age_in_seconds = 3600
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}
