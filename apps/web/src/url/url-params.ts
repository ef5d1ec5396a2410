/** Change of query parameters: null, '' and [] remove, a list repeats. */
export type ParamsPatch = Readonly<
  Record<string, string | number | boolean | readonly string[] | null | undefined>
>;

/** The query text (without `?`) after a change; what the change doesn't name stays as it is. */
export function patchedParams(search: string, patch: ParamsPatch): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    params.delete(name);
    if (value === null || value === undefined || value === '' || value === false) continue;
    if (typeof value === 'object') value.forEach((one) => params.append(name, one));
    else params.set(name, String(value));
  }
  // Commas, colons and slashes are legal in a query (RFC 3986 section 3.4) and readable:
  // 10.0.0.0/8, env:prod.
  return params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}
