/** Why a dump cannot be made or taken; said to whoever asked for it. */
export class DumpError extends Error {
  override readonly name = 'DumpError';
}
