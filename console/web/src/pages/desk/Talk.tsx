import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DeskCall } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { isUnderWay } from '../../line/handOver';
import { useLine } from '../../line/LineProvider';
import { PAD, type Phase } from '../../line/phases';
import { Action } from '../../parts/Action';
import { IconEnd, IconHold, IconTransfer } from '../../parts/icons';
import { Worded } from '../../parts/Marks';
import { Facts, Panel } from '../../parts/Panel';
import { ProblemBox } from '../../parts/States';
import { useNow } from '../../parts/useNow';
import { duration } from '../../text/format';
import { AskHandOver, BackNow, HandOverNow } from './HandingOver';
import { LevelMeter } from './LevelMeter';
import { NewNote } from './NewNote';
import classes from './desk.module.css';

/** The user's current call. */
export function Talk({ callId, call }: { callId: string; call: DeskCall | undefined }) {
  const { t } = useI18n();
  const { line, shown } = useLine();
  const now = useNow();
  const [asked, setAsked] = useState<'end' | 'transfer'>();
  const [fault, setFault] = useState<string>();
  const inside = shown.phase.is === 'in';
  const talking = inside && shown.answered;
  const handing = isUnderWay(shown.handOver);
  const givingBack = shown.back.is === 'asked';

  function hold() {
    setFault(undefined);
    line.room?.hold(!shown.held).catch((problem: Error) => setFault(problem.message));
  }

  return (
    <Panel title={t('desk.talk')} aside={call?.answeredAt === undefined ? undefined : duration(now - Date.parse(call.answeredAt))}>
      <div className={classes.talk}>
        <Stack gap="md">
          <div role="status"><Standing answered={shown.answered} phase={shown.phase} held={shown.held} phoneHolds={call?.state === 'held' && call.heldBy === undefined} /></div>
          {shown.silenced && <Button onClick={() => void line.room?.play()}>{t('desk.hear')}</Button>}
          <Facts of={[[t('number'), call?.number], [t('caller'), call?.caller], [t('rule'), call?.rule]]} />
          <LevelMeter label={t('caller')} track={shown.caller} />
          {shown.supervisor !== undefined && (
            <>
              <Text size="sm" role="note">{t('desk.whisper', { name: shown.supervisor.name })}</Text>
              <LevelMeter label={t('desk.whisper.meter')} track={shown.supervisor.sound} />
            </>
          )}
          <LevelMeter label={t('desk.you')} track={shown.muted ? undefined : shown.microphone} />
          <Group gap="xs">
            <Button variant="default" disabled={!inside} aria-pressed={shown.muted} onClick={() => void line.room?.mute(!shown.muted)}>
              {t(shown.muted ? 'desk.unmute' : 'desk.mute')}
            </Button>
            <Button variant="default" disabled={!talking || handing} leftSection={<IconHold />} onClick={hold}>
              {t(shown.held ? 'desk.resume' : 'desk.hold')}
            </Button>
            <Button variant="default" disabled={!talking || handing || givingBack} leftSection={<IconTransfer />} onClick={() => setAsked('transfer')}>{t('live.transfer')}</Button>
            {call?.leadsToAgents === true && (
              <Button variant="default" disabled={!talking || handing} loading={givingBack} onClick={() => void line.room?.giveBack()}>{t('desk.back')}</Button>
            )}
            <Button variant="default" onClick={() => void line.letGo()}>{t('desk.letgo')}</Button>
            <Button color="red.9" leftSection={<IconEnd />} onClick={() => setAsked('end')}>{t('desk.hangup')}</Button>
          </Group>
          {fault !== undefined && <Text size="sm" c="var(--poor)" role="alert">{t('desk.fault', { why: fault })}</Text>}
          <HandOverNow now={shown.handOver} room={line.room} />
          <BackNow now={shown.back} room={line.room} />
          <NewNote callId={callId} />
        </Stack>
        <div>
          <Text size="sm" mb={6}>{t('desk.keys')}</Text>
          <div className={classes.pad}>
            {PAD.map((key) => (
              <Button key={key} variant="default" px={0} disabled={!talking || shown.held} aria-label={t('desk.key', { key })} onClick={() => void line.room?.press(key)}>{key}</Button>
            ))}
          </div>
        </div>
      </div>
      <Action
        opened={asked === 'end'} close={() => setAsked(undefined)} danger title={t('desk.hangup')} text={t('desk.hangup.sure')} yes={t('desk.hangup')}
        act={() => line.hangUp()} />
      {asked === 'transfer' && <AskHandOver room={line.room} close={() => setAsked(undefined)} />}
    </Panel>
  );
}

/** @property held we hold the caller @property phoneHolds the caller holds us */
function Standing({ phase, answered, held, phoneHolds }: { phase: Phase; answered: boolean; held: boolean; phoneHolds: boolean }) {
  const { t } = useI18n();
  if (phase.is === 'lost') {
    return <Worded tone="poor">{t('desk.lost')}</Worded>;
  }
  if (phase.is === 'entering' || !answered) {
    return <Worded tone="fair">{t('desk.entering')}</Worded>;
  }
  if (held) {
    return <Worded tone="accent">{t('desk.held')}</Worded>;
  }
  return phoneHolds ? <Worded tone="accent">{t('desk.held.by-caller')}</Worded> : <Worded tone="good">{t('state.up')}</Worded>;
}

/** The call that the user had: why it is over, and a field for a note. */
export function Over({ phase }: { phase: Phase & { is: 'over' } }) {
  const { t } = useI18n();
  const { line } = useLine();
  const refused = phase.why === 'failed' || phase.why === 'taken';
  return (
    <Panel title={t('desk.over')} aside={<Anchor component={Link} to={`/calls/${phase.callId}`} size="sm">{t('desk.over.see')}</Anchor>}>
      <Stack gap="md">
        <div role="status"><Text size="sm">{t(`desk.over.${phase.why}`)}</Text></div>
        {phase.problem !== undefined && <ProblemBox problem={phase.problem} />}
        {!refused && <NewNote callId={phase.callId} />}
        <Group><Button variant="default" onClick={() => line.clear()}>{t('close')}</Button></Group>
      </Stack>
    </Panel>
  );
}
