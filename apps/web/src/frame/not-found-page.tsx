import { Anchor } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/empty-state';
import { usePageTitle } from './page';

/** There is no such page. */
export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <EmptyState icon={<IconMapOff size={40} />} title="There is no page at this address" isPage>
      <Anchor component={Link} to="/pools">
        Go to the pools
      </Anchor>
    </EmptyState>
  );
}
