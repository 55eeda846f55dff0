import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Problem } from '../../api/Api';
import type { Explanation } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { Worded, useReason } from '../../parts/Marks';
import { Facts, Page, Panel } from '../../parts/Panel';
import { ProblemBox } from '../../parts/States';
import { useQuery } from '../../parts/useQuery';
import { useSession } from '../../session/Session';
import { Routing } from '../call/CallPage';

/** What would happen to a hypothetical call. The page's address contains the question, except the caller, which is a person's number. */
export default function ExplainPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const [query, change] = useQuery();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState(query.get('to') ?? '');
  const [trunk, setTrunk] = useState(query.get('trunk') ?? '');
  const [answer, setAnswer] = useState<Explanation>();
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);

  async function ask() {
    setSending(true);
    setProblem(undefined);
    try {
      setAnswer(await api.post<Explanation>('/routing/explain', {
        to, ...(from === '' ? { anonymous: true } : { from }), ...(trunk === '' ? {} : { trunk }),
      }));
    } catch (fault) {
      setAnswer(undefined);
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }
  useEffect(() => {
    if (to !== '') {
      void ask();
    }
    // Asks once, if the address already contains a question.
  }, []);

  function send(event: FormEvent) {
    event.preventDefault();
    change({ to, trunk });
    void ask();
  }
  return (
    <Page title={t('nav.explain')} text={t('explain.text')}>
      <Panel>
        <form onSubmit={send}>
          <Group align="flex-end" gap="sm">
            <TextInput label={t('explain.to')} placeholder="02 555 01 00" required withAsterisk={false} value={to} onChange={(event) => setTo(event.currentTarget.value)} w={{ base: 'calc(50% - 6px)', xs: 220 }} />
            <TextInput label={t('explain.from')} placeholder={t('anonymous')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} w={{ base: 'calc(50% - 6px)', xs: 220 }} />
            <TextInput label={t('trunk')} placeholder={t('any')} value={trunk} onChange={(event) => setTrunk(event.currentTarget.value)} w={{ base: 'calc(50% - 6px)', xs: 180 }} />
            <Button type="submit" loading={sending}>{t('explain.ask')}</Button>
          </Group>
        </form>
      </Panel>
      {problem !== undefined && <ProblemBox problem={problem} />}
      {answer !== undefined && <Answer answer={answer} />}
    </Page>
  );
}

function Answer({ answer }: { answer: Explanation }) {
  const { t } = useI18n();
  const reason = useReason();
  const refused = answer.outcome === 'refused';
  return (
    <>
      <Panel>
        <Stack gap="md">
          <Text component="div" size="lg" fw={500} role="status">
            <Worded tone={refused ? 'poor' : 'good'}>
              {refused
                ? t('explain.refused', { status: answer.status ?? '', reason: reason(answer.reason, answer.sentence) })
                : t(`explain.${answer.outcome}`, { target: answer.target ?? answer.room ?? '' })}
            </Worded>
          </Text>
          <Facts of={[
            [t('organisation'), answer.organisation?.name],
            [t('number'), answer.number],
            [t('rule'), answer.rule],
            [t('trunk'), answer.trunk],
            [t('explain.room'), answer.room],
            [t('agent'), answer.desk ? t('explain.desk') : answer.agents?.map((agent) => agent.name).join(', ')],
            [t('explain.patience'), answer.patienceSeconds === undefined ? undefined : `${answer.patienceSeconds} s`],
          ]} />
        </Stack>
      </Panel>
      <Panel title={t('call.routing')}><Routing steps={answer.trace} /></Panel>
      {answer.config !== undefined && Object.keys(answer.config).length > 0 && (
        <Panel title={t('numbers.gets')}><Code block tabIndex={0}>{JSON.stringify(answer.config, null, 2)}</Code></Panel>
      )}
    </>
  );
}
