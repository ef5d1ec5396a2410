locals {
  # Tasks and schedules of this account alone may take the roles.
  trust = {
    for service in ["ecs-tasks", "scheduler"] : service => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = "${service}.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
      }]
    })
  }
  in_ecr = can(regex("\\.dkr\\.ecr\\.", local.image))
}

# What the collector may do: docs/collectors/aws.md has the same statements.
resource "aws_iam_role" "task" {
  name               = "${var.role_prefix}Task"
  description        = "The collector of CloudPAM: lists networks"
  assume_role_policy = local.trust["ecs-tasks"]
  tags               = var.tags
}

resource "aws_iam_role_policy" "task" {
  name = "collect"
  role = aws_iam_role.task.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      var.organization && length(var.accounts) == 0 ? [{
        Sid      = "ListTheOrganization"
        Effect   = "Allow"
        Action   = ["organizations:ListAccounts"]
        Resource = "*"
      }] : [],
      local.has_members ? [{
        Sid      = "AssumeTheRoleOfMembers"
        Effect   = "Allow"
        Action   = ["sts:AssumeRole"]
        Resource = "arn:${data.aws_partition.this.partition}:iam::*:role/${var.member_role_name}"
      }] : [],
      [{
        Sid      = "ReadItsOwnAccount"
        Effect   = "Allow"
        Action   = ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeRegions"]
        Resource = "*"
      }],
    )
  })
}

# What starts the task for it: the token, the logs and, where the image is there, ECR.
resource "aws_iam_role" "execution" {
  name               = "${var.role_prefix}Execution"
  description        = "Starts the collector of CloudPAM"
  assume_role_policy = local.trust["ecs-tasks"]
  tags               = var.tags
}

resource "aws_iam_role_policy" "execution" {
  name = "start"
  role = aws_iam_role.execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "ReadTheToken"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = local.token_secret
        },
        {
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${aws_cloudwatch_log_group.this.arn}:*"
        },
      ],
      local.in_ecr ? [{
        Sid    = "PullTheImage"
        Effect = "Allow"
        Action = [
          "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer",
          "ecr:BatchGetImage"
        ]
        Resource = "*"
      }] : [],
    )
  })
}

resource "aws_iam_role" "schedule" {
  name               = "${var.role_prefix}Schedule"
  description        = "Has the collector of CloudPAM started on its schedule"
  assume_role_policy = local.trust["scheduler"]
  tags               = var.tags
}

resource "aws_iam_role_policy" "schedule" {
  name = "run"
  role = aws_iam_role.schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "RunTheTask"
        Effect    = "Allow"
        Action    = ["ecs:RunTask"]
        Resource  = "${aws_ecs_task_definition.this.arn_without_revision}:*"
        Condition = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
      },
      {
        Sid       = "GiveItItsRoles"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [aws_iam_role.task.arn, aws_iam_role.execution.arn]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
    ]
  })
}
