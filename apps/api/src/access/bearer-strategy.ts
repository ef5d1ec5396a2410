import { Injectable } from '@nestjs/common';
import { Authenticate } from '@cloudpam/identity';
import type { Request } from 'express';
import { Strategy, type VerifyFunction } from 'passport-http-bearer';

/**
 * A token in the header `Authorization: Bearer cpam_...` (RFC 6750, section 2.1), and nowhere else.
 */
@Injectable()
export class BearerStrategy extends Strategy<VerifyFunction> {
  constructor(tokens: Authenticate) {
    super((text, done) => {
      const now = new Date();
      const known = tokens.remembered(text, now);
      if (known) return done(null, known);
      tokens.execute(text, now).then((token) => done(null, token), done);
    });
  }

  /** Shows nothing but the header: tokens in queries and bodies end in logs and histories. */
  override authenticate({ headers }: Request): void {
    super.authenticate({ headers } as Request); // all that it looks at, beside what it must not look at
  }
}
