/** Too many logins or bad answers; try again after so many seconds. */
export class TooManyAttempts extends Error {
  constructor(readonly retryAfter: number) {
    super(`Too many logins from here. Try again in ${retryAfter} seconds.`);
    this.name = 'TooManyAttempts';
  }
}
