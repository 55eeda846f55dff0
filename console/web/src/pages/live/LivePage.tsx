import { ActionIcon, Anchor, Group, Select, SimpleGrid, Text, TextInput, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { nameOf, type LiveCall } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { Action } from '../../parts/Action';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconEnd, IconHeadset, IconPhone, IconTransfer } from '../../parts/icons';
import { Cut, KindMark, Meter, QualityMark, StateMark, Worded } from '../../parts/Marks';
import { Page, Panel, Tile } from '../../parts/Panel';
import { Empty, ProblemBox, Waiting } from '../../parts/States';
import { useNow } from '../../parts/useNow';
import { useQuery } from '../../parts/useQuery';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { shown } from './board';
import { ListenIn, useEar } from './ListenIn';
import { useBoard, type Live } from './useBoard';

export default function LivePage() {
  const { t, format } = useI18n();
  const { may } = useSession();
  const live = useBoard();
  const { ear, heard } = useEar();
  const [query, change] = useQuery();
  const filter = {
    organisation: query.get('organisation') ?? undefined, number: query.get('number') ?? undefined, agent: query.get('agent') ?? undefined,
  };
  const all = shown(live.board, {});
  const calls = shown(live.board, filter);
  const several = live.board.counts.organisations.length > 1 || may('see-organisations');
  const poor = all.filter((call) => call.mos !== undefined && call.mos < 3).length;

  if (!live.board.read) {
    return live.problem === undefined
      ? <Waiting />
      : <Page title={t('nav.live')} text={t('live.text')}><ProblemBox problem={live.problem} again={live.again} /></Page>;
  }
  return (
    <Page title={t('nav.live')} text={t('live.text')} actions={<StreamMark stream={live.stream} />}>
      {live.problem !== undefined && <ProblemBox problem={live.problem} again={live.again} />}
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Tile label={t('live.now')} value={format.count(all.length)} />
        <Tile label={t('live.ringing')} value={format.count(all.filter((call) => call.state === 'ringing').length)} />
        <Tile label={t('live.held')} value={format.count(all.filter((call) => call.state === 'held').length)} />
        <Tile label={t('live.poor')} value={format.count(poor)} />
      </SimpleGrid>
      {heard.is !== 'idle' && <ListenIn ear={ear} heard={heard} call={all.find((call) => call.callId === heard.callId)} />}
      {live.board.counts.organisations.length > 0 && (
        <Panel title={t('live.limits')}>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg" verticalSpacing="md">
            {[...live.board.counts.organisations].sort(byCalls).slice(0, 6).map((one) => (
              <Meter key={one.name} label={one.name} value={one.calls} limit={one.limit} />
            ))}
            {[...live.board.counts.numbers].filter((one) => one.calls > 0).sort(byCalls).slice(0, 6).map((one) => (
              <Meter key={one.number} label={one.number} value={one.calls} limit={one.limit} />
            ))}
          </SimpleGrid>
        </Panel>
      )}
      <Panel flush>
        <Group p="md" gap="sm" align="flex-end">
          {several && (
            <Choice
              label={t('organisation')} of={all.map((call) => nameOf(call.organisation))} value={filter.organisation}
              choose={(organisation) => change({ organisation })} />
          )}
          <Choice label={t('number')} of={all.map((call) => call.number)} value={filter.number} choose={(number) => change({ number })} />
          <Choice label={t('agent')} of={all.map((call) => call.agent)} value={filter.agent} choose={(agent) => change({ agent })} />
        </Group>
        {calls.length === 0
          ? <Empty icon={<IconPhone size={26} />} title={t(all.length === 0 ? 'live.empty' : 'filtered')} text={t(all.length === 0 ? 'live.empty.text' : 'filtered.text')} />
          : <Calls calls={calls} several={several} listen={(call) => void ear.listen(call.callId, false)} />}
      </Panel>
    </Page>
  );
}

function byCalls(one: { calls: number }, other: { calls: number }): number {
  return other.calls - one.calls;
}

function StreamMark({ stream }: { stream: Live['stream'] }) {
  const { t } = useI18n();
  return (
    <Text component="div" size="sm" role="status">
      <Worded tone={stream === 'live' ? 'good' : 'fair'}>{t(stream === 'live' ? 'live.stream.live' : 'live.stream.lost')}</Worded>
    </Text>
  );
}

function Choice({ label, of, value, choose }: {
  label: string; of: (string | undefined)[]; value: string | undefined; choose: (value: string | undefined) => void;
}) {
  const { t } = useI18n();
  const options = [...new Set([...of, value].filter((one): one is string => one !== undefined))].sort();
  return (
    <Select
      label={label} data={options} value={value ?? null} placeholder={t('all')} clearable size="sm" w={{ base: 'calc(50% - 6px)', xs: 200 }}
      clearButtonProps={{ 'aria-label': t('clear') }} onChange={(wish) => choose(wish ?? undefined)} />
  );
}

function Calls({ calls, several, listen }: { calls: LiveCall[]; several: boolean; listen: (call: LiveCall) => void }) {
  const { t } = useI18n();
  const { may } = useSession();
  const [asked, setAsked] = useState<{ what: 'end' | 'transfer'; call: LiveCall }>();
  const columns = useMemo(() => {
    const all: (Column<LiveCall> | false)[] = [
      { key: 'state', label: t('state'), show: (call) => <StateMark state={call.state} /> },
      {
        key: 'number', label: t('number'),
        show: (call) => (
          <Group gap="0 6px">
            <Anchor component={Link} to={`/calls/${call.callId}`} fw={600} size="sm">{call.number ?? t('unknown')}</Anchor><KindMark kind={call.kind} />
          </Group>
        ),
      },
      several && { key: 'organisation', label: t('organisation'), show: (call) => nameOf(call.organisation) },
      { key: 'caller', label: t('caller'), show: (call) => <Text span size="sm" ff="monospace">{call.caller ?? t('anonymous')}</Text> },
      { key: 'agent', label: t('agent'), show: (call) => (call.agent === undefined ? <Text span size="sm" c="dimmed">{t('live.nobody')}</Text> : <Cut text={call.agent} />) },
      { key: 'time', label: t('live.time'), end: true, show: (call) => <Age call={call} /> },
      { key: 'quality', label: t('quality'), show: (call) => <QualityMark mos={call.mos} /> },
      may('act-on-calls') && {
        key: 'actions', label: '', hidden: t('actions'), end: true,
        show: (call) => (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            {may('supervise') && (
              <Tooltip label={t('live.listen')}>
                <ActionIcon
                  variant="subtle" aria-label={t('live.listen.of', { number: call.number ?? call.callId })}
                  disabled={call.state === 'ringing'} onClick={() => listen(call)}>
                  <IconHeadset />
                </ActionIcon>
              </Tooltip>
            )}
            <Tooltip label={t('live.transfer')}>
              <ActionIcon
                variant="subtle" aria-label={t('live.transfer.of', { number: call.number ?? call.callId })}
                disabled={call.state === 'ringing'} onClick={() => setAsked({ what: 'transfer', call })}>
                <IconTransfer />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('live.end')}>
              <ActionIcon
                variant="subtle" color="red.9" c="var(--poor)" aria-label={t('live.end.of', { number: call.number ?? call.callId })}
                onClick={() => setAsked({ what: 'end', call })}>
                <IconEnd />
              </ActionIcon>
            </Tooltip>
          </Group>
        ),
      },
    ];
    return all.filter((column) => column !== false);
  }, [t, may, several]);
  return (
    <>
      <DataTable caption={t('nav.live')} columns={columns} rows={calls} keyOf={(call) => call.callId} />
      {asked?.what === 'end' && <EndCall call={asked.call} close={() => setAsked(undefined)} />}
      {asked?.what === 'transfer' && <TransferCall call={asked.call} close={() => setAsked(undefined)} />}
    </>
  );
}

/** Time since the answer, or since the call arrived while it rings. */
function Age({ call }: { call: LiveCall }) {
  const now = useNow();
  return <>{duration(now - Date.parse(call.answeredAt ?? call.receivedAt))}</>;
}

function EndCall({ call, close }: { call: LiveCall; close: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  return (
    <Action
      opened close={close} danger title={t('live.end')} text={t('live.end.sure', { number: call.number ?? call.callId })} yes={t('live.end')}
      act={() => api.post(`/calls/${call.callId}/end`)} />
  );
}

function TransferCall({ call, close }: { call: LiveCall; close: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [to, setTo] = useState('');
  return (
    <Action
      opened close={close} title={t('live.transfer')} text={t('live.transfer.text')} yes={t('live.transfer')}
      act={() => api.post(`/calls/${call.callId}/transfer`, { to })}>
      <TextInput
        label={t('live.transfer.to')} description={t('live.transfer.form')} required withAsterisk={false} data-autofocus
        value={to} onChange={(event) => setTo(event.currentTarget.value)} />
    </Action>
  );
}
