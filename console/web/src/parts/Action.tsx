import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from '../api/Api';
import { useI18n } from '../i18n/I18n';
import { ProblemBox } from './States';

/** Asks for confirmation of an action that affects a caller or a tenant. If the action is refused, it stays open and shows the reason. */
export function Action({ opened, close, title, text, yes, danger = false, act, children }: {
  opened: boolean; close: () => void; title: string; text?: string; yes: string; danger?: boolean;
  act: () => Promise<unknown>; children?: ReactNode;
}) {
  const { t } = useI18n();
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      await act();
      close();
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }

  return (
    <Modal
      opened={opened} onClose={() => { setProblem(undefined); close(); }} title={title} centered
      closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="md">
          {text !== undefined && <Text size="sm">{text}</Text>}
          {children}
          {problem !== undefined && <ProblemBox problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>{t('cancel')}</Button>
            <Button type="submit" loading={sending} color={danger ? 'red.9' : undefined}>{yes}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
