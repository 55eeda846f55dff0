import { Alert, Button, Center, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useLocation } from 'react-router';
import { Problem, address } from '../../api/Api';
import type { Session, Ways } from '../../api/types';
import { Mark } from '../../app/Mark';
import { useI18n } from '../../i18n/I18n';
import { ProblemBox } from '../../parts/States';
import { useDoor } from '../../session/Session';

/** @param ended whether there was a session that is over */
export function SignIn({ ended }: { ended: boolean }) {
  const { t } = useI18n();
  const { api } = useDoor();
  const asked = new URLSearchParams(useLocation().search);
  const refused = asked.get('refused');
  const [ways, setWays] = useState<Ways>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    document.title = `${t('signin')} · Trunkline`;
  }, [t]);
  useEffect(() => {
    // Without an answer, shows the form: the answer to its submission will tell what is wrong.
    api.get<Ways>('/session/oidc').then(setWays, () => setWays({ accounts: true, provider: false }));
  }, [api]);

  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper w="100%" maw={400} p={{ base: 'lg', xs: 32 }} withBorder shadow="sm" radius="lg">
        <Stack gap="md">
          <Stack gap={8} align="center" mb="xs">
            <Mark size={48} />
            <Title order={1}>Trunkline</Title>
            <Text c="dimmed" size="sm" ta="center">{t('signin.text')}</Text>
          </Stack>
          {ended && problem === undefined && <Text size="sm" role="status" ta="center">{t('signin.ended')}</Text>}
          {problem !== undefined && <ProblemBox problem={problem} />}
          {refused !== null && problem === undefined && (
            <Alert role="alert" color="red" title={t('signin.failed')}>{t(reasonOf(refused))}</Alert>
          )}
          {ways?.provider && <ByProvider to={asked.get('to') ?? '/'} again={refused !== null} />}
          {ways?.provider && ways.accounts && <Divider label={t('signin.or')} />}
          {ways?.accounts && <ByPassword tell={setProblem} />}
        </Stack>
      </Paper>
    </Center>
  );
}

const REASONS = ['no-role', 'no-organisation', 'unknown-organisation', 'cancelled', 'stale', 'unavailable'] as const;

function reasonOf(code: string) {
  return `signin.refused.${REASONS.find((known) => known === code) ?? 'untrusted'}` as const;
}

/** @param again whether a person other than the one the provider knows may want to sign in */
function ByProvider({ to, again }: { to: string; again: boolean }) {
  const { t } = useI18n();
  return (
    <Stack gap="xs">
      <Button
        component="a" size="md" h="auto" mih={42} py={6} styles={{ label: { whiteSpace: 'normal', textAlign: 'center' } }}
        href={address('/session/oidc/begin', { to })}>
        {t('signin.provider')}
      </Button>
      {again && (
        <Button component="a" size="md" variant="default" href={address('/session/oidc/begin', { to, again: true })}>
          {t('signin.other')}
        </Button>
      )}
    </Stack>
  );
}

function ByPassword({ tell }: { tell: (problem: Problem) => void }) {
  const { t } = useI18n();
  const { api, enter } = useDoor();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [sending, setSending] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    try {
      enter(await api.post<Session>('/session', { user, password }));
    } catch (fault) {
      setSending(false);
      setPassword('');
      tell(worded(fault));
    }
  }

  function worded(fault: unknown): Problem {
    const problem = fault instanceof Problem ? fault : new Problem(0, '', '');
    if (problem.status === 401) {
      return new Problem(401, '', t('signin.wrong'));
    }
    return problem.status === 429
      ? new Problem(429, '', t('signin.often', { seconds: problem.retryAfterSeconds ?? 60 }))
      : problem;
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="md">
        <TextInput
          label={t('signin.user')} autoComplete="username" required withAsterisk={false} autoFocus size="md"
          value={user} onChange={(event) => setUser(event.currentTarget.value)} />
        <PasswordInput
          label={t('signin.password')} autoComplete="current-password" required withAsterisk={false} size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('signin.show'), tabIndex: 0, 'aria-hidden': false }}
          value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Button type="submit" size="md" loading={sending} mt="xs">{t('signin')}</Button>
        <Text size="xs" c="dimmed" ta="center">{t('signin.help')}</Text>
      </Stack>
    </form>
  );
}
