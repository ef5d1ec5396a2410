import { PoolError } from '@cloudpam/pools';
import type { VisibleStores } from '../visible-stores';
import { never, type EntityAccess } from './entity-access';

/** Accounts, VRFs, VLANs: callers with limits see those that their part names, and change none. */
function recordAccess(
  word: string,
  code: 'account_not_found' | 'vrf_not_found' | 'vlan_not_found',
  store: (
    visible: VisibleStores,
  ) => VisibleStores['accounts'] | VisibleStores['vrfs'] | VisibleStores['vlans'],
): EntityAccess {
  return {
    named: {
      visibleIds: async (visible, ids) => {
        const { items } = await store(visible).list({ ids }, 1, Math.max(ids.length, 1));
        return new Set(items.map(({ id }) => id));
      },
      notFound: (id, field) => new PoolError(code, `There is no ${word} ${id}.`, { field }),
    },
    mayCause: never,
  };
}

export const ACCOUNT_ACCESS = recordAccess(
  'account',
  'account_not_found',
  ({ accounts }) => accounts,
);
export const VRF_ACCESS = recordAccess('VRF', 'vrf_not_found', ({ vrfs }) => vrfs);
export const VLAN_ACCESS = recordAccess('VLAN', 'vlan_not_found', ({ vlans }) => vlans);
