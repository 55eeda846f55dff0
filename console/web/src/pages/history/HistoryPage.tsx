import { Anchor, Button, Group, Menu, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Problem, address, itemsOf } from '../../api/Api';
import { nameOf, type HistoryPage as HistoryAnswer, type Organisation, type PastCall } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconDownload, IconHistory, IconNote, IconSearch } from '../../parts/icons';
import { Cut, KindMark, OutcomeMark, QualityMark, useReason } from '../../parts/Marks';
import { DemoNote } from '../../parts/DemoNote';
import { Page, Panel } from '../../parts/Panel';
import { PeriodPicker } from '../../parts/PeriodPicker';
import { Empty, ProblemBox, Show } from '../../parts/States';
import { useQuery } from '../../parts/useQuery';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { FIELDS, asked, setFields } from './filter';
import classes from './history.module.css';
import { REASONS } from './reasons';

const PAGE = 50;

export default function HistoryPage() {
  const { t } = useI18n();
  const { api, may } = useSession();
  const [query, change] = useQuery();
  const [now] = useState(() => new Date());
  const question = useMemo(() => asked(query, now), [query, now]);
  const key = JSON.stringify(question);
  const first = useLoad(key, (signal) => api.get<HistoryAnswer>('/history', { ...question, limit: PAGE }, signal));
  const more = useMore(key, first.value, (after) => api.get<HistoryAnswer>('/history', { ...question, limit: PAGE, after }));
  const filters = setFields(query).length;

  return (
    <Page title={t('nav.history')} text={t('history.text')} actions={<Export question={question} />}>
      <DemoNote gone={first.again} />
      <Panel flush>
        <Filters query={query} change={change} organisations={may('see-organisations')} />
        <div style={{ padding: first.value === undefined ? 20 : 0 }}>
          <Show of={first} rows={10}>
            {(page) => page.calls.length === 0
              ? (
                <Empty
                  icon={<IconHistory size={26} />} title={t(filters > 0 ? 'filtered' : 'history.empty')}
                  text={t(filters > 0 ? 'filtered.text' : 'history.empty.text')}
                  action={filters > 0 && (
                    <Button variant="default" size="xs" onClick={() => change(Object.fromEntries(FIELDS.map((field) => [field, undefined])))}>
                      {t('filters.clear')}
                    </Button>
                  )} />
              )
              : <Calls calls={[...page.calls, ...more.calls]} several={may('see-organisations')} />}
          </Show>
        </div>
        {more.problem !== undefined && <ProblemBox problem={more.problem} />}
        {more.next !== undefined && (
          <Group justify="center" p="md">
            <Button variant="default" loading={more.loading} onClick={more.load}>{t('more')}</Button>
          </Group>
        )}
      </Panel>
    </Page>
  );
}

/** Loads further pages on demand; a new query starts over. */
function useMore(key: string, first: HistoryAnswer | undefined, ask: (after: string) => Promise<HistoryAnswer>) {
  const [state, setState] = useState<{ of?: HistoryAnswer; calls: PastCall[]; next?: string; loading: boolean; problem?: Problem }>(
    { calls: [], loading: false });
  useEffect(() => setState({ of: first, calls: [], next: first?.next, loading: false }), [key, first]);

  async function load() {
    setState((before) => ({ ...before, loading: true, problem: undefined }));
    try {
      const page = await ask(state.next!);
      setState((before) => (before.of === first
        ? { ...before, calls: [...before.calls, ...page.calls], next: page.next, loading: false } : before));
    } catch (fault) {
      const problem = fault instanceof Problem ? fault : new Problem(0, '', String(fault));
      setState((before) => ({ ...before, loading: false, problem }));
    }
  }
  return { ...state, load: () => void load() };
}

function Export({ question }: { question: Record<string, string> }) {
  const { t } = useI18n();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload />}>{t('export')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'jsonl'] as const).map((form) => (
          <Menu.Item key={form} component="a" href={address('/history/export', { format: form, ...question })} download>
            {t(`export.${form}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Filters({ query, change, organisations }: {
  query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void; organisations: boolean;
}) {
  const { t } = useI18n();
  const { api } = useSession();
  const reason = useReason();
  const list = useLoad('organisations', async (signal) =>
    organisations ? itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations') : []);
  return (
    <Group p="md" gap="sm" align="flex-end">
      <PeriodPicker query={query} change={change} />
      <TextFilter field="search" label={t('search')} query={query} change={change} icon={<IconSearch size={16} />} />
      {organisations && (
        <Select
          label={t('organisation')} w={{ base: 'calc(50% - 6px)', xs: 170 }} placeholder={t('all')} clearable searchable
          clearButtonProps={{ 'aria-label': t('clear') }} data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))}
          value={query.get('organisation')} onChange={(wish) => change({ organisation: wish ?? undefined })} />
      )}
      <TextFilter field="number" label={t('number')} query={query} change={change} />
      <Select
        label={t('outcome')} w={{ base: 'calc(50% - 6px)', xs: 150 }} placeholder={t('all')} clearable clearButtonProps={{ 'aria-label': t('clear') }}
        data={(['answered', 'refused', 'unanswered'] as const).map((one) => ({ value: one, label: t(`outcome.${one}`) }))}
        value={query.get('outcome')} onChange={(wish) => change({ outcome: wish ?? undefined })} />
      <Select
        label={t('reason')} w={{ base: 'calc(50% - 6px)', xs: 220 }} placeholder={t('all')} clearable searchable
        clearButtonProps={{ 'aria-label': t('clear') }} data={REASONS.map((one) => ({ value: one, label: reason(one) }))}
        value={query.get('reason')} onChange={(wish) => change({ reason: wish ?? undefined })} />
      <Select
        label={t('direction')} w={{ base: 'calc(50% - 6px)', xs: 130 }} placeholder={t('all')} clearable clearButtonProps={{ 'aria-label': t('clear') }}
        data={(['inbound', 'outbound'] as const).map((one) => ({ value: one, label: t(`direction.${one}`) }))}
        value={query.get('direction')} onChange={(wish) => change({ direction: wish ?? undefined })} />
      <Select
        label={t('history.trials')} w={{ base: 'calc(50% - 6px)', xs: 150 }} placeholder={t('history.trials.with')} clearable
        clearButtonProps={{ 'aria-label': t('clear') }} data={(['no', 'only'] as const).map((one) => ({ value: one, label: t(`history.trials.${one}`) }))}
        value={query.get('trial')} onChange={(wish) => change({ trial: wish ?? undefined })} />
      <TextFilter field="agent" label={t('agent')} query={query} change={change} />
      <TextFilter field="trunk" label={t('trunk')} query={query} change={change} />
    </Group>
  );
}

/** Text filter that applies when the user has stopped typing. */
function TextFilter({ field, label, query, change, icon }: {
  field: string; label: string; query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void; icon?: React.ReactNode;
}) {
  const given = query.get(field) ?? '';
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const ask = useDebouncedCallback((value: string) => change({ [field]: value.trim() }), 350);
  return (
    <TextInput
      label={label} w={{ base: 'calc(50% - 6px)', xs: 150 }} leftSection={icon} value={text}
      onChange={(event) => { setText(event.currentTarget.value); ask(event.currentTarget.value); }} />
  );
}

function Calls({ calls, several }: { calls: PastCall[]; several: boolean }) {
  const { t, format } = useI18n();
  const reason = useReason();
  const all: (Column<PastCall> | false)[] = [
    {
      key: 'at', label: t('history.at'),
      show: (call) => <Anchor component={Link} to={`/calls/${call.callId}`} size="sm" fw={500} className={classes.when}>{format.dateTime(call.receivedAt)}</Anchor>,
    },
    {
      key: 'outcome', label: t('outcome'),
      show: (call) => (
        <div>
          <OutcomeMark outcome={call.outcome} />
          {call.reason !== undefined && <Text size="xs" c="dimmed" className={classes.reason}>{reason(call.reason, call.reasonText)}</Text>}
        </div>
      ),
    },
    { key: 'number', label: t('number'), show: (call) => <Group gap="0 6px">{call.number ?? call.called}<KindMark kind={call.kind} /></Group> },
    several && { key: 'organisation', label: t('organisation'), show: (call) => nameOf(call.organisation) },
    { key: 'caller', label: t('caller'), show: (call) => <Text span size="sm" ff="monospace">{call.caller ?? t('anonymous')}</Text> },
    { key: 'agent', label: t('agent'), show: (call) => <Cut text={call.agent} /> },
    { key: 'talk', label: t('talk'), end: true, show: (call) => (call.answeredAt === undefined ? '' : duration(call.talkMillis ?? 0)) },
    { key: 'quality', label: t('quality'), show: (call) => <QualityMark mos={call.mos} /> },
    {
      key: 'notes', label: '', hidden: t('notes'), end: true,
      show: (call) => (call.notes ?? 0) > 0 && (
        <Group gap={4} c="dimmed" wrap="nowrap" role="img" aria-label={t('notes.count', { count: call.notes! })}><IconNote size={16} /><Text size="sm" aria-hidden>{call.notes}</Text></Group>
      ),
    },
  ];
  return <DataTable caption={t('nav.history')} columns={all.filter((column) => column !== false)} rows={calls} keyOf={(call) => call.callId} />;
}
