/** How a broker of Kafka is told who we are. */
export const SASL_MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
/** One of `SASL_MECHANISMS`. */
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

/** A topic of Kafka. */
export interface KafkaTarget {
  /** `HOST:PORT`, any of the cluster. */
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly tls: boolean;
  /** undefined where brokers ask nobody. */
  readonly sasl:
    | { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string }
    | undefined;
}
