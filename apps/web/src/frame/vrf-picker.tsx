import { Select } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { useVrfs } from '../records/use-records';
import { useUrlParams } from '../url/use-url-params';

const PAGES_WITH_VRF = ['/pools', '/search', '/discovery', '/analysis'];

/**
 * Which routing domain is shown, in the URL as `vrf`; nothing means all. On a phone it is in the
 * navigation.
 */
export function VrfPicker({ inNav = false }: { inNav?: boolean }) {
  const vrfs = useVrfs();
  const params = useUrlParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const pick = (vrf: string | null): void => {
    if (PAGES_WITH_VRF.includes(pathname))
      params.set({ vrf, open: null, sel: null, page: null }, { push: true });
    else void navigate(vrf ? `/pools?vrf=${vrf}` : '/pools');
  };
  return (
    <Select
      aria-label="VRF"
      placeholder="All VRFs"
      {...(inNav ? { hiddenFrom: 'sm', mb: 8 } : { visibleFrom: 'sm', w: 150 })}
      leftSection={<IconArrowsSplit size={14} />}
      data={vrfs.map((vrf) => ({ value: String(vrf.id), label: vrf.name }))}
      value={params.text('vrf') || null}
      onChange={pick}
      clearable
      searchable
      nothingFoundMessage="No such VRF"
    />
  );
}
