import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Button, Divider, Stack } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { leaveForProvider, providerLogoutUrl } from '../api/login';
import { session } from '../api/session';

interface LoginButtonsProps {
  readonly providers: readonly Schemas['LoginProvider'][];
  readonly returnTo: string;
  /** Name of the provider that has just refused someone: there they may choose who they are. */
  readonly refusedBy?: string | null;
}

/** Where the browser goes to log in and come back. */
export function loginHref({ login_url: url }: Schemas['LoginProvider'], returnTo: string): string {
  return `${url}&return_to=${encodeURIComponent(returnTo)}`;
}

/** A button for each provider that people may log in with; nothing where there is none. */
export function LoginButtons({ providers, returnTo, refusedBy }: LoginButtonsProps) {
  if (providers.length === 0) return null;
  const former = providers.find(({ name }) => name === session.formerProvider());
  return (
    <Stack gap="xs">
      {providers.map((provider) => (
        <Button
          key={provider.name}
          component="a"
          href={loginHref(provider, returnTo)}
          onClick={() => leaveForProvider(returnTo)}
          size="sm"
          leftSection={<IconLogin2 size={16} />}
        >
          Log in with {provider.label}
        </Button>
      ))}
      {providers
        .filter(({ name }) => name === refusedBy)
        .map((provider) => (
          <Anchor
            key={provider.name}
            size="sm"
            href={`${loginHref(provider, returnTo)}&prompt=select_account`}
            onClick={() => leaveForProvider(returnTo)}
          >
            Log in with {provider.label} as someone else
          </Anchor>
        ))}
      {former && (
        <Anchor size="sm" href={providerLogoutUrl(former.name)}>
          Sign out at {former.label} too
        </Anchor>
      )}
      <Divider label="or" />
    </Stack>
  );
}
