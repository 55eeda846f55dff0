import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Problem } from '../../api/Api';
import type { Note } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { ProblemBox } from '../../parts/States';
import { useSession } from '../../session/Session';

const TRIES = 10;
const BETWEEN_TRIES = 1_000;

/** Adds a note to a call, during the call or after it, because a call that has just ended is not in the history immediately. */
export function NewNote({ callId }: { callId: string }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [text, setText] = useState('');
  const [written, setWritten] = useState<string[]>([]);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function write(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await api.post<Note>(`/calls/${callId}/notes`, { text });
        return;
      } catch (fault) {
        if (!(fault instanceof Problem) || fault.status !== 404 || tries === TRIES) {
          throw fault;
        }
        await new Promise((done) => setTimeout(done, BETWEEN_TRIES));
      }
    }
  }

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      await write();
      setWritten((before) => [...before, text]);
      setText('');
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }

  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="xs">
        {written.map((note, index) => <Text key={index} size="sm">{note}</Text>)}
        {problem !== undefined && <ProblemBox problem={problem} />}
        <Textarea label={t('notes.new')} autosize minRows={2} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button type="submit" size="xs" loading={sending} disabled={text.trim() === ''} style={{ alignSelf: 'flex-end' }}>{t('notes.add')}</Button>
      </Stack>
    </form>
  );
}
