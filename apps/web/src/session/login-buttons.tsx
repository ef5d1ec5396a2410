import { Button, Divider, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconLogin2 } from '@tabler/icons-react';
import { fetchProviders } from '../api/login';

/** A button for each provider that people may log in with; nothing where there is none. */
export function LoginButtons({ returnTo }: { returnTo: string }) {
  const { data } = useQuery({ queryKey: ['login-providers'], queryFn: ({ signal }) => fetchProviders(signal) });
  if (!data || data.items.length === 0) return null;
  return (
    <Stack gap="xs">
      {data.items.map(({ name, label, login_url: url }) => (
        <Button key={name} component="a" href={`${url}&return_to=${encodeURIComponent(returnTo)}`} size="sm" leftSection={<IconLogin2 size={16} />}>
          Log in with {label}
        </Button>
      ))}
      <Divider label="or" />
    </Stack>
  );
}
