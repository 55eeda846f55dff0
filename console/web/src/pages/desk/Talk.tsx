import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DeskCall } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { useLine } from '../../line/LineProvider';
import { PAD, type Phase } from '../../line/phases';
import { Action } from '../../parts/Action';
import { IconEnd, IconTransfer } from '../../parts/icons';
import { Worded } from '../../parts/Marks';
import { Facts, Panel } from '../../parts/Panel';
import { ProblemBox } from '../../parts/States';
import { useNow } from '../../parts/useNow';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { LevelMeter } from './LevelMeter';
import { NewNote } from './NewNote';
import classes from './desk.module.css';

/** The call that one has. */
export function Talk({ callId, call }: { callId: string; call: DeskCall | undefined }) {
  const { t } = useI18n();
  const { line, shown } = useLine();
  const now = useNow();
  const [asked, setAsked] = useState<'end' | 'transfer'>();
  const [handed, setHanded] = useState(false);
  const inside = shown.phase.is === 'in';
  return (
    <Panel title={t('desk.talk')} aside={call?.answeredAt === undefined ? undefined : duration(now - Date.parse(call.answeredAt))}>
      <div className={classes.talk}>
        <Stack gap="md">
          <div role="status"><Standing answered={shown.answered} phase={shown.phase} held={call?.state === 'held'} /></div>
          {shown.silenced && <Button onClick={() => void line.hear()}>{t('desk.hear')}</Button>}
          <Facts of={[[t('number'), call?.number], [t('caller'), call?.caller], [t('rule'), call?.rule]]} />
          <LevelMeter label={t('caller')} track={shown.caller} />
          <LevelMeter label={t('desk.you')} track={shown.muted ? undefined : shown.microphone} />
          <Group gap="xs">
            <Button variant="default" disabled={!inside} aria-pressed={shown.muted} onClick={() => void line.mute(!shown.muted)}>
              {t(shown.muted ? 'desk.unmute' : 'desk.mute')}
            </Button>
            <Button variant="default" disabled={!inside || !shown.answered} leftSection={<IconTransfer />} onClick={() => setAsked('transfer')}>{t('live.transfer')}</Button>
            <Button variant="default" onClick={() => void line.letGo()}>{t(handed ? 'desk.leave' : 'desk.letgo')}</Button>
            <Button color="red.9" leftSection={<IconEnd />} onClick={() => setAsked('end')}>{t('desk.hangup')}</Button>
          </Group>
          {handed && <Text size="sm" role="note">{t('desk.handed')}</Text>}
          <NewNote callId={callId} />
        </Stack>
        <div>
          <Text size="sm" mb={6}>{t('desk.keys')}</Text>
          <div className={classes.pad}>
            {PAD.map((key) => (
              <Button key={key} variant="default" px={0} disabled={!inside || !shown.answered} aria-label={t('desk.key', { key })} onClick={() => void line.press(key)}>{key}</Button>
            ))}
          </div>
        </div>
      </div>
      <Action
        opened={asked === 'end'} close={() => setAsked(undefined)} danger title={t('desk.hangup')} text={t('desk.hangup.sure')} yes={t('desk.hangup')}
        act={() => line.hangUp()} />
      {asked === 'transfer' && <HandOver callId={callId} close={() => setAsked(undefined)} done={() => setHanded(true)} />}
    </Panel>
  );
}

function Standing({ phase, answered, held }: { phase: Phase; answered: boolean; held: boolean }) {
  const { t } = useI18n();
  if (phase.is === 'lost') {
    return <Worded tone="poor">{t('desk.lost')}</Worded>;
  }
  if (phase.is === 'entering' || !answered) {
    return <Worded tone="fair">{t('desk.entering')}</Worded>;
  }
  return held ? <Worded tone="accent">{t('state.held')}</Worded> : <Worded tone="good">{t('state.up')}</Worded>;
}

function HandOver({ callId, close, done }: { callId: string; close: () => void; done: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [to, setTo] = useState('');
  return (
    <Action
      opened close={close} title={t('live.transfer')} text={t('live.transfer.text')} yes={t('live.transfer')}
      act={async () => {
        await api.post(`/calls/${callId}/transfer`, { to });
        done();
      }}>
      <TextInput
        label={t('live.transfer.to')} description={t('live.transfer.form')} required withAsterisk={false} data-autofocus
        value={to} onChange={(event) => setTo(event.currentTarget.value)} />
    </Action>
  );
}

/** The call that one had: why it is over, and what is to be noted. */
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
