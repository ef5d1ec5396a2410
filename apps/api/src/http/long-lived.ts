const ROUTES = ['/api/v1/events', '/api/v1/events/stream'];

/**
 * Whether answers of the route last as long as somebody listens: how long that is tells nothing of
 * the server.
 */
export function isLongLived(route: string | undefined): boolean {
  return route !== undefined && ROUTES.includes(route);
}
