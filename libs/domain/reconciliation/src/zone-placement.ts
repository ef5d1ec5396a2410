/**
 * Where the hardware of a zone stands: in the region itself, in a metro area, in a carrier's
 * network, or on the owner's premises.
 */
export type ZonePlacement = 'region' | 'local_zone' | 'wavelength_zone' | 'outpost';

const WAVELENGTH_ZONE = /^[a-z0-9]+-wl\d+-/;
const LOCAL_ZONE = /^[a-z0-9]+(-[a-z0-9]+)+-az\d+$/;

/**
 * The placement of a resource, told by the zone's id: `use1-az4` stands in its region,
 * `usw2-lax1-az1` is a local zone,
 * `use1-wl1-bos-wlz1` a wavelength zone. An outpost has the zone id of the region it hangs on, so
 * its own id decides. No zone, or an id of another form, is the region.
 * @param zoneId as `SeenResource.zoneId`
 * @param outpost as `SeenResource.outpost`
 */
export function zonePlacement(zoneId: string | null, outpost?: string): ZonePlacement {
  if (outpost) return 'outpost';
  if (zoneId === null) return 'region';
  if (WAVELENGTH_ZONE.test(zoneId)) return 'wavelength_zone';
  return LOCAL_ZONE.test(zoneId) ? 'local_zone' : 'region';
}
