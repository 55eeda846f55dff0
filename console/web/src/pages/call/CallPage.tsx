import { Anchor, Button, Code, CopyButton, Grid, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { Link, useParams } from 'react-router';
import { Problem } from '../../api/Api';
import { nameOf, type CallDetail, type Note, type RoutingStep, type Trace } from '../../api/types';
import { useLoad, type Loaded } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { IconBack } from '../../parts/icons';
import { KindMark, OutcomeMark, QualityMark, useReason } from '../../parts/Marks';
import { Facts, Page, Panel } from '../../parts/Panel';
import { ProblemBox, Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { Ladder } from './Ladder';
import { QualityLine } from './QualityLine';
import { Timeline } from './Timeline';
import { legsOf } from './timeline';
import classes from './call.module.css';

/** Polling interval: the trace of an ongoing call grows. */
const EVERY_MILLIS = 5_000;

export default function CallPage() {
  const { id = '' } = useParams();
  // A separate component per call, so that nothing of one call stays visible while another loads.
  return <OneCall key={id} id={id} />;
}

function OneCall({ id }: { id: string }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const path = `/calls/${encodeURIComponent(id)}`;
  const [over, setOver] = useState(false);
  const every = over ? undefined : EVERY_MILLIS;
  const call = useLoad(`call ${id}`, (signal) => api.get<CallDetail>(path, {}, signal), every);
  const trace = useLoad(`trace ${id}`, (signal) => api.get<Trace>(`${path}/trace`, {}, signal), every);
  // An ongoing call may have a trace but not be in the history yet.
  const facts: PastFacts | undefined = call.value ?? trace.value?.call;
  // Polling stops once the call's end is known, or that there is no such call.
  const settled = facts?.outcome !== undefined || (call.problem?.status === 404 && trace.problem?.status === 404);
  useEffect(() => setOver(settled), [settled]);

  return (
    <Page
      title={t('call.title', { number: facts?.number ?? facts?.called ?? '' })}
      actions={<Button component={Link} to="/history" variant="default" leftSection={<IconBack />}>{t('nav.history')}</Button>}>
      <Show of={trace} rows={2}>
        {(found) => (
          <div className={classes.sentence}>
            {facts !== undefined && <Group gap="xs"><OutcomeMark outcome={facts.outcome} /><KindMark kind={facts.kind} /></Group>}
            <Text size="lg" fw={500}>{found.sentence}</Text>
          </div>
        )}
      </Show>
      {(trace.value !== undefined || facts !== undefined) && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Stack gap="lg">
              {trace.value !== undefined && <Steps trace={trace.value} />}
              {trace.value !== undefined && may('see-numbers') && <Ladder id={id} every={every} />}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack gap="lg">
              {facts !== undefined && <Panel title={t('call.facts')}><CallFacts call={facts} held={trace.value?.held} /></Panel>}
              {call.value !== undefined && <Panel title={t('notes')}><Notes id={id} call={call} /></Panel>}
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  );
}

/** Facts about a call, from the history or from its trace. */
type PastFacts = Omit<CallDetail, 'notes'>;

function Steps({ trace }: { trace: Trace }) {
  const { t } = useI18n();
  return (
    <>
      <Panel title={t('call.timeline')}><Timeline steps={trace.steps} /></Panel>
      {legsOf(trace).map((leg, index) => (
        <Panel key={index} title={t('call.leg', { index: index + 1 })}>
          <Text size="sm" mb="sm">{leg.sentence}</Text>
          <Timeline steps={leg.steps} />
        </Panel>
      ))}
      {(trace.quality?.length ?? 0) > 0 && <Panel title={t('call.quality')}><QualityLine quality={trace.quality!} /></Panel>}
      {trace.routing.length > 0 && <Panel title={t('call.routing')}><Routing steps={trace.routing} /></Panel>}
    </>
  );
}

function CallFacts({ call, held }: { call: PastFacts; held: Trace['held'] }) {
  const { t, tOr, format } = useI18n();
  const reason = useReason();
  const quality = call.quality;
  return (
    <Stack gap="md">
      <Facts of={[
        [t('number'), call.number ?? call.called],
        [t('caller'), call.caller && <Text span size="sm" ff="monospace">{call.caller}</Text>],
        [t('direction'), tOr(`direction.${call.direction}`, call.direction)],
        [t('organisation'), nameOf(call.organisation)],
        [t('trunk'), nameOf(call.trunk)],
        [t('rule'), nameOf(call.rule)],
        [t('agent'), call.agent],
        [t('call.received'), `${format.day(call.receivedAt)}, ${format.time(call.receivedAt)}`],
        [t('call.setup'), call.setupMillis === undefined ? undefined : format.millis(call.setupMillis)],
        [t('talk'), call.answeredAt === undefined || call.talkMillis === undefined ? undefined : duration(call.talkMillis)],
        [t('call.held.phone'), held === undefined || held.byPhoneMillis === 0 ? undefined : duration(held.byPhoneMillis)],
        [t('call.held.room'), held === undefined || held.byRoomMillis === 0 ? undefined : duration(held.byRoomMillis)],
        [t('reason'), call.reason === undefined ? undefined : reason(call.reason, call.reasonText)],
        [t('call.status'), call.status],
        [t('quality'), quality?.mos === undefined ? undefined : <QualityMark mos={quality.mos} />],
        [t('call.jitter'), quality?.jitterMillis === undefined ? undefined : `${format.decimal(quality.jitterMillis)} ms`],
        [t('call.lost'), quality?.lost === undefined ? undefined : quality.packets === undefined
          ? format.count(quality.lost) : t('of', { value: format.count(quality.lost), limit: format.count(quality.packets) })],
        [t('call.parent'), call.parent && <Anchor component={Link} to={`/calls/${call.parent}`} size="sm">{t('call.parent.see')}</Anchor>],
        [t('call.legs'), (call.legs?.length ?? 0) > 0 && (
          <Stack gap={2}>{call.legs!.map((leg, index) => (
            <Anchor key={leg} component={Link} to={`/calls/${leg}`} size="sm">{t('call.leg', { index: index + 1 })}</Anchor>
          ))}</Stack>
        ) || undefined],
      ]} />
      <CopyButton value={call.callId}>
        {({ copied, copy }) => (
          <Group gap="xs" wrap="nowrap" justify="space-between" className={classes.id}>
            <Code className={classes.code}>{call.callId}</Code>
            <Button size="compact-xs" variant="default" onClick={copy} aria-live="polite">{t(copied ? 'copied' : 'copy')}</Button>
          </Group>
        )}
      </CopyButton>
    </Stack>
  );
}

/** Explains the routing of the call, each step in words. */
export function Routing({ steps }: { steps: RoutingStep[] }) {
  return (
    <List type="ordered" spacing={8} size="sm" className={classes.routing}>
      {steps.map((step, index) => (
        <List.Item key={index} className={step.step === 'rule-skipped' ? classes.skipped : undefined}>
          {step.detail} <Text span size="xs" c="dimmed">{step.step}</Text>
        </List.Item>
      ))}
    </List>
  );
}

function Notes({ id, call }: { id: string; call: Loaded<CallDetail> }) {
  const { t, format } = useI18n();
  const { api, may } = useSession();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      await api.post<Note>(`/calls/${encodeURIComponent(id)}/notes`, { text });
      setText('');
      call.again();
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }

  return (
    <Stack gap="md">
      {(call.value?.notes?.length ?? 0) === 0 && <Text size="sm" c="dimmed">{t(may('write-notes') ? 'notes.empty' : 'notes.none')}</Text>}
      {call.value?.notes?.map((note) => (
        <div key={note.at + note.text} className={classes.note}>
          <Text size="sm">{note.text}</Text>
          <Text size="xs" c="dimmed" mt={4}>{t('notes.by', { by: note.by, at: format.dateTime(note.at) })}</Text>
        </div>
      ))}
      {may('write-notes') && (
        <form onSubmit={(event) => void send(event)}>
          <Stack gap="xs">
            {problem !== undefined && <ProblemBox problem={problem} />}
            <Textarea label={t('notes.new')} autosize minRows={2} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Button type="submit" size="xs" loading={sending} disabled={text.trim() === ''} style={{ alignSelf: 'flex-end' }}>{t('notes.add')}</Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
