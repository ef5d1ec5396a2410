import type { Session } from './session';

/**
 * Waits for whoever makes a VLAN group of the name, or a VLAN with it, and keeps others from that until the run
 * ends.
 */
export async function holdGroupName(session: Session, name: string): Promise<void> {
  const { holdName } = session.dialect;
  if (holdName && name !== '') await session.rows(holdName('vlan_group', name));
}
