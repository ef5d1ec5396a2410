import type { Session } from './session';

/**
 * Keeps the names of VLAN groups as they are until the run ends: with `share` beside others who do, with `change`
 * alone. One lock for all of them: an import may write VLANs of any number of groups.
 */
export async function holdGroupNames(session: Session, mode: 'share' | 'change'): Promise<void> {
  const { holdNames } = session.dialect;
  if (holdNames) await session.rows(holdNames('vlan_group', mode));
}
