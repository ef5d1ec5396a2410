import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Code,
  Group,
  Paper,
  PasswordInput,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { fetchMe } from '../api/access';
import { ApiProblem } from '../api/api-problem';
import {
  fetchProviders,
  hasLoggedOut,
  leaveForProvider,
  mayBeSentOn,
  noteSentOn,
  refusedPerson,
  wantedPath,
} from '../api/login';
import { session } from '../api/session';
import { Logo } from '../frame/logo';
import { LoginButtons, loginHref } from './login-buttons';
import { loginProblem } from './login-problem';
import { returnPath } from './return-path';
import { useCaller } from './use-me';

/** Log in with a provider, or sign in with an API token; the token is tried before it is kept. */
export function LoginPage() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const caller = useCaller();
  const signedIn = typeof caller === 'string';
  const code = params.get('problem');
  const [person] = useState(refusedPerson);
  const problem = loginProblem(code, person, params.get('wait'));
  const [token, setToken] = useState('');
  const [keep, setKeep] = useState(false);
  // What the server cannot know after a login that it knows nothing of, this tab does.
  const target = returnPath(params.get('return') ?? (code === null ? null : wantedPath()));
  const { data: login } = useQuery({
    queryKey: ['login-providers'],
    queryFn: ({ signal }) => fetchProviders(signal),
  });
  const [only] = login?.items ?? [];
  const isSentOn =
    login?.auto_login === true &&
    caller === null &&
    code === null &&
    params.get('form') !== 'token' &&
    !hasLoggedOut() &&
    mayBeSentOn();
  useEffect(() => {
    if (!isSentOn || !only) return;
    leaveForProvider(target);
    noteSentOn();
    window.location.replace(loginHref(only, target));
  }, [isSentOn, only, target]);
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
            <Alert
              color={code === 'login_cancelled' ? 'yellow' : 'red'}
              p="sm"
              role="alert"
              title={problem.title}
            >
              {problem.text}
            </Alert>
          )}
          <LoginButtons
            providers={login?.items ?? []}
            returnTo={target}
            refusedBy={problem?.isAboutPerson ? params.get('provider') : undefined}
          />
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
            First start? The server printed an admin token once to its log; or it is the one you set
            as <Code>CLOUDPAM_BOOTSTRAP_TOKEN</Code>. Otherwise ask an admin to make one under
            Tokens. The{' '}
            <Anchor href="/api/docs" size="xs" underline="always">
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
  if (!(error instanceof ApiProblem))
    return 'The server did not answer. Check that it is running, then try again.';
  return error.status === 401
    ? 'The server does not know this token, or it has expired or been revoked.'
    : error.message;
}
