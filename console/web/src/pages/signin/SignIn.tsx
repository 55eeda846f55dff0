import { Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Problem } from '../../api/Api';
import type { Session } from '../../api/types';
import { Mark } from '../../app/Mark';
import { useI18n } from '../../i18n/I18n';
import { ProblemBox } from '../../parts/States';
import { useDoor } from '../../session/Session';

/** @param ended whether a session was there and is over */
export function SignIn({ ended }: { ended: boolean }) {
  const { t } = useI18n();
  const { api, enter } = useDoor();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  useEffect(() => {
    document.title = `${t('signin')} · Trunkline`;
  }, [t]);

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    try {
      enter(await api.post<Session>('/session', { user, password }));
    } catch (fault) {
      setSending(false);
      setPassword('');
      setProblem(worded(fault));
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
    <Center mih="100dvh" p="md" component="main">
      <Paper w="100%" maw={400} p={{ base: 'lg', xs: 32 }} withBorder shadow="sm" radius="lg">
        <form onSubmit={(event) => void send(event)}>
          <Stack gap="md">
            <Stack gap={8} align="center" mb="xs">
              <Mark size={48} />
              <Title order={1}>Trunkline</Title>
              <Text c="dimmed" size="sm" ta="center">{t('signin.text')}</Text>
            </Stack>
            {ended && problem === undefined && <Text size="sm" role="status" ta="center">{t('signin.ended')}</Text>}
            {problem !== undefined && <ProblemBox problem={problem} />}
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
      </Paper>
    </Center>
  );
}
