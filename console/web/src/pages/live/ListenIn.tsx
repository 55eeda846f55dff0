import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LiveCall } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { Ear, type Overheard } from '../../line/Ear';
import { Worded } from '../../parts/Marks';
import { Panel } from '../../parts/Panel';
import { ProblemBox } from '../../parts/States';
import { useSession } from '../../session/Session';
import { LevelMeter } from '../desk/LevelMeter';

/** Provides this page's ear, which is closed with the page. */
export function useEar(): { ear: Ear; heard: Overheard } {
  const { api } = useSession();
  const [ear] = useState(() => new Ear(api));
  useEffect(() => () => void ear.stop(), [ear]);
  return { ear, heard: useSyncExternalStore(ear.subscribe, ear.now) };
}

/** The call that the user listens in to. */
export function ListenIn({ ear, heard, call }: { ear: Ear; heard: Overheard; call: LiveCall | undefined }) {
  const { t } = useI18n();
  if (heard.is === 'idle') {
    return null;
  }
  const inside = heard.is === 'in';
  const whispers = heard.is !== 'over' && heard.whispers;
  return (
    <Panel title={t('live.listen.to', { number: call?.number ?? heard.callId })}>
      <Stack gap="md">
        <div role="status">
          {heard.is === 'over' ? <Text size="sm">{t(heard.problem === undefined ? 'live.listen.over' : 'live.listen.failed')}</Text>
            : heard.is === 'entering' ? <Worded tone="fair">{t('live.listen.entering')}</Worded>
              : <Worded tone={whispers ? 'accent' : 'good'}>{t(whispers ? 'live.whisper.on' : 'live.listen.on')}</Worded>}
        </div>
        {heard.is === 'over' && heard.problem !== undefined && <ProblemBox problem={heard.problem} />}
        {inside && heard.silenced && <Button onClick={() => void ear.play()}>{t('desk.hear')}</Button>}
        {inside && <LevelMeter label={t('caller')} track={heard.caller} />}
        {inside && <LevelMeter label={t('live.listen.answering')} track={heard.answering} />}
        {inside && whispers && <LevelMeter label={t('desk.you')} track={heard.microphone} />}
        <Group gap="xs">
          {heard.is !== 'over' && (
            <Button variant="default" disabled={!inside} aria-pressed={whispers} onClick={() => void ear.listen(heard.callId, !whispers)}>
              {t(whispers ? 'live.whisper.end' : 'live.whisper')}
            </Button>
          )}
          <Button variant="default" onClick={() => void ear.stop()}>{t(heard.is === 'over' ? 'close' : 'live.listen.end')}</Button>
        </Group>
      </Stack>
    </Panel>
  );
}
