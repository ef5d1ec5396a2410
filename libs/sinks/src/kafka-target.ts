/** How a broker of Kafka is told who we are. */
export type SaslMechanism = 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

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
