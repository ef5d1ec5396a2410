/** Subjects of a NATS server with JetStream. */
export interface NatsTarget {
  /** `nats://HOST:PORT` or `tls://HOST:PORT`, with `USER:PASSWORD@` or `TOKEN@` where the server asks. */
  readonly url: string;
  /** Events go to `PREFIX.pool.create` and so on. */
  readonly prefix: string;
  /** The stream that must keep them; undefined: any that takes the subjects. */
  readonly stream: string | undefined;
}
