const SECRETS: readonly RegExp[] = [
  // A value after its name: "SecretAccessKey": "...", password=..., token ...
  /(?<=(?:secret|token|passw(?:or)?d|access_?key)\w*["']?\s*[:= ]\s*["']?)[^\s"',;]{6,}/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  // Long and mixed, as keys and tokens are and words and paths are not.
  /(?<![\w/+])(?!\/)(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])(?=[\w/+]*\d)[\w/+]{32,}={0,2}/g,
];

/** What a program said, without what looks like a secret in it. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replace(secret, '***'), text);
}
