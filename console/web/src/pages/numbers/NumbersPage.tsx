import { Anchor, Button, Group, SegmentedControl, Select, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { Problem, itemsOf } from '../../api/Api';
import type { NumberPage, Organisation, PhoneNumber } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconHash, IconPlus, IconSearch } from '../../parts/icons';
import { Meter, Worded } from '../../parts/Marks';
import { Page, Panel } from '../../parts/Panel';
import { Empty, ProblemBox, Show } from '../../parts/States';
import { useQuery } from '../../parts/useQuery';
import { useSession } from '../../session/Session';
import { useBoard } from '../live/useBoard';
import { AddNumbers } from './AddNumbers';

const PAGE = 50;

export default function NumbersPage() {
  const { t } = useI18n();
  const { api, may } = useSession();
  const [query, change] = useQuery();
  const [adding, { open, close }] = useDisclosure();
  const asked = {
    organisation: query.get('organisation') ?? undefined, search: query.get('search') ?? undefined, idle: query.get('idle') ?? undefined,
    active: query.get('active') ?? undefined, after: query.get('after') ?? undefined,
  };
  const filtered = Object.values(asked).some((value) => value !== undefined);
  const page = useLoad(JSON.stringify(asked), (signal) => api.get<NumberPage>('/numbers', { ...asked, limit: PAGE }, signal));
  return (
    <Page
      title={t('nav.numbers')} text={t(may('own-numbers') ? 'numbers.text.admin' : 'numbers.text')}
      actions={may('own-numbers') && <Button leftSection={<IconPlus />} onClick={open}>{t('numbers.add')}</Button>}>
      <Panel flush>
        <Filters query={query} change={change} />
        <div style={{ padding: page.value === undefined ? 20 : 0 }}>
          <Show of={page} rows={8}>
            {(found) => found.numbers.length === 0
              ? (
                <Empty
                  icon={<IconHash size={26} />} title={t(filtered ? 'filtered' : 'numbers.empty')}
                  text={t(filtered ? 'filtered.text' : may('own-numbers') ? 'numbers.empty.admin' : 'numbers.empty.text')}
                  action={!filtered && may('own-numbers') ? <Button onClick={open}>{t('numbers.add')}</Button> : undefined} />
              )
              : <Numbers page={found} />}
          </Show>
        </div>
        {(asked.after !== undefined || page.value?.next !== undefined) && (
          <Group justify="center" p="md">
            {asked.after !== undefined && <Button variant="default" onClick={() => change({ after: undefined })}>{t('page.first')}</Button>}
            {page.value?.next !== undefined && <Button variant="default" onClick={() => change({ after: page.value?.next })}>{t('page.next')}</Button>}
          </Group>
        )}
      </Panel>
      {adding && <AddNumbers close={close} added={page.again} />}
    </Page>
  );
}

function Filters({ query, change }: { query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const given = query.get('search') ?? '';
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const ask = useDebouncedCallback((search: string) => change({ search: search.trim(), after: undefined }), 300);
  const list = useLoad('organisations', async (signal) =>
    may('see-organisations') ? itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations') : []);
  return (
    <Group p="md" gap="sm" align="flex-end">
      <TextInput
        label={t('search')} placeholder={t('numbers.search')} leftSection={<IconSearch size={16} />} w={{ base: 'calc(50% - 6px)', xs: 240 }} value={text}
        onChange={(event) => { setText(event.currentTarget.value); ask(event.currentTarget.value); }} />
      {may('see-organisations') && (
        <Select
          label={t('organisation')} w={{ base: 'calc(50% - 6px)', xs: 200 }} placeholder={t('all')} clearable searchable clearButtonProps={{ 'aria-label': t('clear') }}
          data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))}
          value={query.get('organisation')} onChange={(wish) => change({ organisation: wish ?? undefined, after: undefined })} />
      )}
      <SegmentedControl
        aria-label={t('status')} value={query.get('active') ?? ''}
        data={[{ value: '', label: t('all') }, { value: 'true', label: t('on') }, { value: 'false', label: t('off') }]}
        onChange={(active) => change({ active, after: undefined })} />
      {may('see-organisations') && (
        <Switch
          label={t('numbers.idle')} checked={query.get('idle') === 'true'} pb={8}
          onChange={(event) => change({ idle: event.currentTarget.checked ? 'true' : undefined, after: undefined })} />
      )}
    </Group>
  );
}

function Numbers({ page }: { page: NumberPage }) {
  const { t } = useI18n();
  const { may } = useSession();
  const { board, stream } = useBoard();
  const live = new Map(board.counts.numbers.map((one) => [one.number, one.calls]));
  const columns: (Column<PhoneNumber> | false)[] = [
    {
      key: 'number', label: t('number'),
      show: (one) => <Anchor component={Link} to={`/numbers/${encodeURIComponent(one.phone_number)}`} fw={600} size="sm">{one.phone_number}</Anchor>,
    },
    { key: 'label', label: t('label'), show: (one) => one.label },
    may('see-organisations') && {
      key: 'organisation', label: t('organisation'),
      show: (one) => one.organisation ?? <Worded tone="quiet">{t('numbers.free')}</Worded>,
    },
    { key: 'status', label: t('status'), show: (one) => <OnOff number={one} /> },
    {
      key: 'calls', label: t('numbers.calls'),
      show: (one) => (
        <div style={{ minWidth: 110 }}>
          <Meter
            label="" value={stream === 'live' ? live.get(one.phone_number) ?? 0 : one.calls ?? 0}
            limit={Math.min(one.max_concurrent_calls, one.own_concurrent_calls ?? Infinity)} />
        </div>
      ),
    },
    { key: 'instance', label: t('numbers.instance'), show: (one) => one.agent_instance && <Text span size="sm" c="dimmed">{one.agent_instance}</Text> },
  ];
  return <DataTable caption={t('nav.numbers')} columns={columns.filter((column) => column !== false)} rows={page.numbers} keyOf={(one) => one.phone_number} />;
}

/** Switches a number on or off immediately. If the server refuses, it stays as it was and shows why. */
export function OnOff({ number, changed }: { number: PhoneNumber; changed?: () => void }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const [active, setActive] = useState(number.active);
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  useEffect(() => setActive(number.active), [number.active]);

  if (!may('edit-numbers')) {
    return <Worded tone={active ? 'good' : 'quiet'}>{t(active ? 'on' : 'off')}</Worded>;
  }
  async function send(wish: boolean) {
    setSending(true);
    setProblem(undefined);
    try {
      await api.patch(`/numbers/${encodeURIComponent(number.phone_number)}`, { active: wish });
      setActive(wish);
      changed?.();
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }
  return (
    <div>
      <Switch
        checked={active} disabled={sending} label={t(active ? 'on' : 'off')} aria-label={t('numbers.switch', { number: number.phone_number })}
        onChange={(event) => void send(event.currentTarget.checked)} />
      {problem !== undefined && <ProblemBox problem={problem} />}
    </div>
  );
}
