import { useVrfs } from './use-records';

/** Name of a VRF, or its number while names are loading. */
export function VrfName({ id }: { id: number }) {
  return <>{useVrfs().find((vrf) => vrf.id === id)?.name ?? `#${id}`}</>;
}
