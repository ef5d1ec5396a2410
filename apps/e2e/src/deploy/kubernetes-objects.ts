/** Labels, annotations, selectors. */
export type Texts = Readonly<Record<string, string>>;

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly exec?: { readonly command: readonly string[] };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
  readonly resources?: { readonly requests?: Texts; readonly limits?: Texts };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
}

export interface Pod {
  readonly metadata: { readonly labels: Texts };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly enableServiceLinks?: boolean;
    readonly terminationGracePeriodSeconds?: number;
    readonly containers: readonly Container[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly persistentVolumeClaim?: { readonly claimName: string };
    }[];
  };
}

interface Selector {
  readonly matchLabels?: Texts;
}

interface Peer {
  readonly podSelector?: Selector;
}

/** The parts that are looked at of every kind that the chart makes. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Texts;
    readonly labels?: Texts;
  };
  readonly data?: Texts;
  readonly spec?: {
    readonly template?: Pod;
    readonly jobTemplate?: { readonly spec: { readonly template: Pod } };
    readonly replicas?: number;
    readonly strategy?: { readonly type: string; readonly rollingUpdate?: object };
    readonly selector?: Selector | Texts;
    readonly podSelector?: Selector;
    readonly ports?: readonly { readonly name: string; readonly targetPort: string }[];
    readonly endpoints?: readonly {
      readonly port: string;
      readonly path: string;
      readonly authorization?: object;
    }[];
    readonly ingress?: readonly { readonly from?: readonly Peer[] }[];
    readonly egress?: readonly {
      readonly to?: readonly Peer[];
      readonly ports?: readonly { readonly port: number }[];
    }[];
    readonly jobLabel?: string;
    readonly groups?: readonly { readonly name: string }[];
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
    readonly rules?: readonly {
      readonly http?: {
        readonly paths: readonly {
          readonly backend: { readonly service: { readonly name: string } };
        }[];
      };
    }[];
  };
}

/** The pods that objects start, each with the kind and name of its owner. */
export function podsOf(
  objects: readonly KubernetesObject[],
): { readonly owner: string; readonly pod: Pod }[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const pod = spec?.template ?? spec?.jobTemplate?.spec.template;
    return pod ? [{ owner: `${kind} ${metadata.name}`, pod }] : [];
  });
}

/** The only object of a kind with a name. @throws Error where there is none */
export function objectOf(
  objects: readonly KubernetesObject[],
  kind: string,
  name: string,
): KubernetesObject {
  const found = objects.find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}
