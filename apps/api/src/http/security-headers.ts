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
  // Whether it is HTTPS that a browser speaks is known by request.
  strictTransportSecurity: false,
} as const;

/**
 * The headers by which browsers keep to our own page, the same for every answer: Helmet makes them once, rather
 * than for each request.
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  } as unknown as ServerResponse; // all that Helmet does with it
  helmet(POLICIES)({} as IncomingMessage, response, (error?: unknown) => {
    if (error) throw error as Error; // Helmet gives none else
  });
  return headers;
}
