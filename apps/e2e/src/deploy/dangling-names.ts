import { podsOf, type KubernetesObject, type Pod, type Texts } from './kubernetes-objects';

/** Secrets and claims of these values files that are somebody else's: pam-..., saved-output. */
const GIVEN = /^(cloudpam-database|pam-[a-z-]+|saved-output)$/;

/** What objects name and is not among them: each a sentence. */
export function danglingNames(objects: readonly KubernetesObject[]): string[] {
  const pods = podsOf(objects);
  const has = (kind: string, name: string): boolean =>
    objects.some((each) => each.kind === kind && each.metadata.name === name);
  const mistakes: string[] = [];
  for (const { owner, pod } of pods) {
    const { serviceAccountName: account, containers, volumes = [] } = pod.spec;
    if (account !== undefined && !has('ServiceAccount', account))
      mistakes.push(`${owner}: there is no service account ${account}`);
    for (const { persistentVolumeClaim: claim } of volumes)
      if (claim && !GIVEN.test(claim.claimName) && !has('PersistentVolumeClaim', claim.claimName))
        mistakes.push(`${owner}: there is no claim ${claim.claimName}`);
    for (const { name, valueFrom } of containers.flatMap(({ env = [] }) => env)) {
      const secret = valueFrom?.secretKeyRef;
      if (!secret) continue;
      const made = objects.find(
        (each) => each.kind === 'Secret' && each.metadata.name === secret.name,
      );
      if (made ? made.data?.[secret.key] === undefined : !isGiven(secret.name))
        mistakes.push(`${owner}: ${name} has no ${secret.key} in a secret ${secret.name}`);
    }
  }
  for (const { kind, metadata, spec } of objects) {
    const about = `${kind} ${metadata.name}`;
    for (const selector of [selectorOf(kind, spec), ...peersOf(spec)])
      if (selector && !pods.some(({ pod }) => isSelected(pod, selector)))
        mistakes.push(`${about}: ${JSON.stringify(selector)} selects no pod`);
    const target = spec?.scaleTargetRef;
    if (target && !has(target.kind, target.name))
      mistakes.push(`${about}: there is no ${target.kind} ${target.name}`);
    for (const { http } of spec?.rules ?? [])
      for (const { backend } of http?.paths ?? [])
        if (!has('Service', backend.service.name))
          mistakes.push(`${about}: there is no service ${backend.service.name}`);
  }
  return mistakes;
}

function isGiven(secret: string): boolean {
  return GIVEN.test(secret);
}

/** That of pods; a ServiceMonitor selects services, which have the labels of their pods. */
function selectorOf(kind: string, spec: KubernetesObject['spec']): Texts | undefined {
  const selector = spec?.selector ?? spec?.podSelector;
  if (!selector) return undefined;
  // Only a service has the labels without a word around them.
  return kind === 'Service' ? (selector as Texts) : (selector.matchLabels as Texts | undefined);
}

/** Pods that a network policy lets in or out to. */
function peersOf(spec: KubernetesObject['spec']): (Texts | undefined)[] {
  const { ingress = [], egress = [] } = spec ?? {};
  const peers = [
    ...ingress.flatMap(({ from = [] }) => from),
    ...egress.flatMap(({ to = [] }) => to),
  ];
  return peers.map(({ podSelector }) => podSelector?.matchLabels);
}

function isSelected({ metadata }: Pod, selector: Texts): boolean {
  return Object.entries(selector).every(([name, value]) => metadata.labels[name] === value);
}
