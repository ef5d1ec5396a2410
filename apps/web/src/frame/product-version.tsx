import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fetchSystem } from '../api/access';
import { useCaller } from '../session/use-me';
import classes from './app-frame.module.css';

/** What the server is: version, and the commit that it was built of. */
export function ProductVersion() {
  const caller = useCaller();
  const system = useQuery({
    queryKey: ['system', caller],
    queryFn: ({ signal }) => fetchSystem(signal),
    enabled: typeof caller === 'string',
    staleTime: Infinity,
  }).data;
  return (
    <footer className={classes.footer}>
      {system && (
        <Text size="xs" c="dimmed" title={system.commit ?? undefined}>
          CloudPAM {system.version}
          {system.commit !== null && ` (${system.commit.slice(0, 7)})`}
        </Text>
      )}
    </footer>
  );
}
