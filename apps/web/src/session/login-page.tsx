import { Alert, Anchor, Button, Checkbox, Code, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { fetchMe } from '../api/access';
import { ApiProblem } from '../api/api-problem';
import { session } from '../api/session';
import { Logo } from '../frame/logo';
import { LoginButtons } from './login-buttons';
import { loginProblem } from './login-problem';
import { returnPath } from './return-path';
import { useCaller } from './use-me';

/** Log in with a provider, or sign in with an API token; the token is tried before it is kept. */
export function LoginPage() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const signedIn = typeof useCaller() === 'string';
  const problem = loginProblem(params.get('problem'));
  const [token, setToken] = useState('');
  const [keep, setKeep] = useState(false);
  const target = returnPath(params.get('return'));
  const trial = useMutation({
    mutationFn: (text: string) => fetchMe(undefined, text),
    onSuccess: (_, text) => {
      session.open(text, keep);
      void navigate(target, { replace: true });
    },
  });
  if (signedIn && !trial.isSuccess) return <Navigate to={target} replace />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') trial.mutate(token.trim());
  };
  return (
    <main style={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <Paper withBorder p="xl" w="100%" maw={440} component="form" onSubmit={submit}>
        <Stack gap="md">
          <Group gap="xs">
            <Logo size={28} />
            <Title order={1} size="h3">
              CloudPAM
            </Title>
          </Group>
          <Text c="dimmed">Sign in to see and plan your address space.</Text>
          {problem && (
            <Alert color="red" p="sm" role="alert">
              {problem}
            </Alert>
          )}
          <LoginButtons returnTo={target} />
          <PasswordInput
            label="API token"
            placeholder="cpam_…"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={trial.error ? trialError(trial.error) : undefined}
            autoFocus
            size="sm"
            autoComplete="current-password"
          />
          <Checkbox
            label="Keep me signed in on this computer"
            checked={keep}
            onChange={(event) => setKeep(event.currentTarget.checked)}
          />
          <Button type="submit" size="sm" loading={trial.isPending}>
            Sign in
          </Button>
          <Text size="xs" c="dimmed">
            First start? The server printed an admin token once to its log; or it is the one you set as{' '}
            <Code>CLOUDPAM_BOOTSTRAP_TOKEN</Code>. Otherwise ask an admin to make one under Tokens. The{' '}
            <Anchor href="/api/docs" size="xs">
              API documentation
            </Anchor>{' '}
            uses the same token.
          </Text>
        </Stack>
      </Paper>
    </main>
  );
}

function trialError(error: Error): string {
  if (!(error instanceof ApiProblem)) return 'The server did not answer. Check that it is running, then try again.';
  return error.status === 401 ? 'The server does not know this token, or it has expired or been revoked.' : error.message;
}
