/** Where to go after signing in: only a path of this site, never another one. */
export function returnPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])/.test(text) || text.startsWith('/login')) return '/';
  return text;
}
