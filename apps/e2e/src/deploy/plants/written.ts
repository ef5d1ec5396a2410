import type { Plant } from './plant';

/** Found in what is written, without OpenTofu. */
export const WRITTEN: readonly Plant[] = [
  [
    'gcp-cloud-run',
    'a line that is not formatted',
    'main.tf',
    '  display_name = each.value',
    '  display_name   = each.value',
    /^main\.tf: is not formatted/,
  ],
  [
    'gcp-cloud-run',
    'a variable without a description',
    'variables.tf',
    '  description = "Labels of everything that takes some."\n',
    '',
    /^variables\.tf: variable "labels" has no description/,
  ],
  [
    'gcp-cloud-run',
    'a variable without a type',
    'variables.tf',
    '  type        = bool\n',
    '',
    /^variables\.tf: variable "deletion_protection" has no type/,
  ],
  [
    'gcp-cloud-run',
    'a variable that nothing reads',
    'variables.tf',
    'variable "subnet_cidr" {',
    'variable "unread" {\n  description = "None."\n  type        = string\n  default     = ""\n}\n\n' +
      'variable "subnet_cidr" {',
    /^variables\.tf: variable "unread" is read by nothing/,
  ],
  [
    'gcp-cloud-run',
    'any version of a provider',
    'versions.tf',
    '"~> 6.50"',
    '">= 6.50"',
    /^versions\.tf: provider "google" is not pinned/,
  ],
  [
    'gcp-cloud-run',
    'a README that says something else',
    'outputs.tf',
    'The instance of Cloud SQL.',
    'The instance of the database.',
    /^README\.md is not what its module says/,
  ],
];
