import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

const POLICIES = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginEmbedderPolicy: false,
} as const;

/**
 * The headers by which browsers keep to our own page, the same for every answer: Helmet makes them once, rather
 * than for each request.
 * @param tls whether the server speaks TLS itself
 */
export function securityHeaders(tls: boolean): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  } as unknown as ServerResponse; // all that Helmet does with it
  const make = helmet({
    ...POLICIES,
    strictTransportSecurity: tls ? { maxAge: 31_536_000 } : false,
  });
  make({} as IncomingMessage, response, (error?: unknown) => {
    if (error) throw error as Error; // Helmet gives none else
  });
  return headers;
}
