/** How large a body may be. All of it is counted while it is read, and unpacked. */
export interface BodyLimits {
  readonly bytes: number;
  /** Objects and arrays within each other. */
  readonly depth: number;
  /** Values, objects and arrays counted too. */
  readonly values: number;
  /** Members of one object, or of one array. */
  readonly members: number;
}

const DEPTH = 32;

/** Of ordinary requests. */
export const BODY_LIMITS: BodyLimits = {
  bytes: 1_048_576,
  depth: DEPTH,
  values: 100_000,
  members: 20_000,
};
/** Of the bulk routes: a scope of 50,000 resources is smaller. */
export const BULK_BODY_LIMITS: BodyLimits = {
  bytes: 33_554_432,
  depth: DEPTH,
  values: 2_000_000,
  members: 100_000,
};

const BULK_ROUTES = ['/api/v1/discovery', '/api/v1/pools/bulk', '/api/v1/import'];

/** The limits of a route. */
export function bodyLimitsOf(route: string | undefined): BodyLimits {
  return route !== undefined && BULK_ROUTES.includes(route) ? BULK_BODY_LIMITS : BODY_LIMITS;
}
