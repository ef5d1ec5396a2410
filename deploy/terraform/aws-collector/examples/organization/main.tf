# A collector that reads an organization, in an account that may list it, and its role in two members. In each of them
# whoever applies this assumes the role that AWS makes with an account.
terraform {
  required_version = ">= 1.6.0"
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "web"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::222233334444:role/OrganizationAccountAccessRole"
  }
}

provider "aws" {
  alias  = "data"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::333344445555:role/OrganizationAccountAccessRole"
  }
}

variable "external_id" {
  description = "A long random text that the collector says to the roles of the members."
  type        = string
}

module "collector" {
  source = "../.."

  server_url      = "https://pam.example.com"
  release         = "0.1.0"
  vpc_id          = "vpc-0123456789abcdef0"
  subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  schedule        = "cron(17 */6 * * ? *)"
  time_zone       = "Europe/Berlin"
  organization    = true
  external_id     = var.external_id
  exclude_regions = ["ap-east-1"]
  tags            = { team = "network" }
}

module "web" {
  source    = "../../member-role"
  providers = { aws = aws.web }

  collector_role_arn = module.collector.task_role_arn
  external_id        = var.external_id
}

# This account trusts the name of the role, within the organization.
module "data" {
  source    = "../../member-role"
  providers = { aws = aws.data }

  collector_role_arn = module.collector.task_role_arn
  organization_id    = "o-exampleorgid"
}

output "token_secret_arn" {
  description = "The secret that the token belongs into."
  value       = module.collector.token_secret_arn
}
