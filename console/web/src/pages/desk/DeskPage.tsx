import { Button, Group, Text } from '@mantine/core';
import { nameOf, type DeskCall, type DeskPage as Page_ } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { useLine } from '../../line/LineProvider';
import { sorted } from '../../line/phases';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconPhone } from '../../parts/icons';
import { KindMark, StateMark } from '../../parts/Marks';
import { Page, Panel } from '../../parts/Panel';
import { Empty, Show } from '../../parts/States';
import { useNow } from '../../parts/useNow';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { Devices } from './Devices';
import { Over, Talk } from './Talk';

/** Polling interval: a caller rings for only half a minute, so people must see a call immediately. */
const EVERY_MILLIS = 1_000;

export default function DeskPage() {
  const { t } = useI18n();
  const { api, may } = useSession();
  const { shown } = useLine();
  const desk = useLoad('desk', (signal) => api.get<Page_>('/desk', {}, signal), EVERY_MILLIS);
  const phase = shown.phase;
  // The board learns of a call's end a moment later.
  const past = phase.is === 'over' && (phase.why === 'hung-up' || phase.why === 'ended') ? phase.callId : undefined;
  const { waiting, ours } = sorted(desk.value, past);
  const busy = phase.is === 'entering' || phase.is === 'in' || phase.is === 'lost';
  const call = busy ? desk.value?.calls.find((one) => one.callId === phase.callId) : undefined;
  const lost = ours.filter((one) => !busy || one.callId !== phase.callId);

  return (
    <Page title={t('nav.desk')} text={t('desk.text')}>
      {busy && <Talk key={phase.callId} callId={phase.callId} call={call} />}
      {phase.is === 'over' && <Over key={phase.callId} phase={phase} />}
      <Panel title={t('desk.waiting')} flush>
        <Show of={desk}>
          {(page) => (
            <>
              {!page.on && <Text size="sm" px={20} pb="sm" role="note">{t('desk.off')}</Text>}
              {waiting.length + lost.length === 0
                ? <Empty icon={<IconPhone size={26} />} title={t('desk.empty')} text={t('desk.empty.text')} />
                : <Waiting calls={[...lost, ...waiting]} mayTake={page.on && may('take-calls')} busy={busy} />}
            </>
          )}
        </Show>
      </Panel>
      {may('take-calls') && desk.value?.on === true && <Panel title={t('desk.devices')}><Devices /></Panel>}
    </Page>
  );
}

function Waiting({ calls, mayTake, busy }: { calls: DeskCall[]; mayTake: boolean; busy: boolean }) {
  const { t } = useI18n();
  const { may } = useSession();
  const { line } = useLine();
  const now = useNow();
  const columns: (Column<DeskCall> | false)[] = [
    { key: 'state', label: t('state'), show: (call) => <StateMark state={call.state} /> },
    { key: 'number', label: t('number'), show: (call) => <Group gap="0 6px"><Text span size="sm" fw={600}>{call.number}</Text><KindMark kind={call.kind} /></Group> },
    may('see-organisations') && { key: 'organisation', label: t('organisation'), show: (call) => nameOf(call.organisation) },
    { key: 'caller', label: t('caller'), show: (call) => <Text span size="sm" ff="monospace">{call.caller === '' ? t('anonymous') : call.caller}</Text> },
    { key: 'waits', label: t('desk.waits'), end: true, show: (call) => duration(now - Date.parse(call.receivedAt)) },
    { key: 'who', label: t('desk.who'), show: (call) => (call.mine ? t('desk.you') : call.takenBy ?? <Text span size="sm" c="dimmed">{t('live.nobody')}</Text>) },
    mayTake && {
      key: 'actions', label: '', hidden: t('actions'), end: true,
      show: (call) => (
        <Button
          size="xs" disabled={busy} onClick={() => void line.take(call.callId)}
          aria-label={t(call.mine ? 'desk.return.of' : 'desk.take.of', { number: call.number })}>
          {t(call.mine ? 'desk.return' : 'desk.take')}
        </Button>
      ),
    },
  ];
  return <DataTable caption={t('desk.waiting')} columns={columns.filter((column) => column !== false)} rows={calls} keyOf={(call) => call.callId} />;
}
