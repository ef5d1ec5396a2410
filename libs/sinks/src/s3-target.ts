/** A folder of an S3-compatible bucket. Credentials come from where the AWS SDK finds them. */
export interface S3Target {
  readonly bucket: string;
  /** What the keys of objects begin with; without a slash at its end, may be empty. */
  readonly prefix: string;
  /** Undefined for that of AWS. */
  readonly endpoint: string | undefined;
  readonly region: string;
}
