/** Option of every provider that can list what addresses hosts have. */
export const INTERFACES = {
  kind: 'flag',
  help: 'the addresses of interfaces too, which needs more permissions',
} as const;
