/** The largest body of the bulk routes, in bytes, unpacked: a scope of 50,000 resources is smaller. */
export const BULK_BODY_LIMIT = 33_554_432;
