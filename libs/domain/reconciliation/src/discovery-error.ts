export type DiscoveryErrorCode = 'stale_snapshot' | 'resource_not_found' | 'resource_overlaps' | 'resource_managed' | 'invalid_snapshot';

/** A snapshot or an action on the inventory that is refused; the message says what to do. */
export class DiscoveryError extends Error {
  constructor(readonly code: DiscoveryErrorCode, message: string, readonly field?: string) {
    super(message);
    this.name = 'DiscoveryError';
  }
}
