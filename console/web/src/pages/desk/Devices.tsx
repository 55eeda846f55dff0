import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useI18n } from '../../i18n/I18n';
import { choose, chosen, named, possible, testTone, type Device, type Kind } from '../../line/devices';
import { useLine } from '../../line/LineProvider';
import { LevelMeter } from './LevelMeter';

/** Choice and test of microphone and loudspeaker, before the first call. */
export function Devices() {
  const { t } = useI18n();
  const { line, shown } = useLine();
  const [devices, setDevices] = useState<Record<Kind, Device[]>>({ audioinput: [], audiooutput: [] });
  const [picked, setPicked] = useState<Record<Kind, string | undefined>>({ audioinput: chosen('audioinput'), audiooutput: chosen('audiooutput') });
  const [trying, setTrying] = useState<MediaStream>();
  const [playing, setPlaying] = useState(false);
  const [fault, setFault] = useState<string>();

  const look = useCallback(async () => {
    const all = await navigator.mediaDevices.enumerateDevices();
    setDevices({ audioinput: named(all, 'audioinput'), audiooutput: named(all, 'audiooutput') });
  }, []);
  useEffect(() => {
    if (!possible()) {
      return;
    }
    void look();
    navigator.mediaDevices.addEventListener('devicechange', look);
    return () => navigator.mediaDevices.removeEventListener('devicechange', look);
  }, [look, shown.microphone]);
  useEffect(() => () => trying?.getTracks().forEach((track) => track.stop()), [trying]);

  async function test(microphone: string | undefined) {
    setFault(undefined);
    try {
      setTrying(await navigator.mediaDevices.getUserMedia({ audio: microphone === undefined ? true : { deviceId: { exact: microphone } } }));
      await look();
    } catch (problem) {
      setTrying(undefined);
      setFault(problem instanceof Error ? problem.message : String(problem));
    }
  }

  function pick(kind: Kind, id: string | undefined) {
    choose(kind, id);
    setPicked((before) => ({ ...before, [kind]: id }));
    void line.room?.use(kind, id ?? 'default').catch((problem: Error) => setFault(problem.message));
    if (kind === 'audioinput' && trying !== undefined) {
      void test(id);
    }
  }

  async function play() {
    setFault(undefined);
    setPlaying(true);
    try {
      await testTone(picked.audiooutput);
    } catch (problem) {
      setFault(problem instanceof Error ? problem.message : String(problem));
    } finally {
      setPlaying(false);
    }
  }

  if (!possible()) {
    return <Text size="sm" role="note">{t('desk.insecure')}</Text>;
  }
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm">
        <Choice label={t('desk.microphone')} of={devices.audioinput} value={picked.audioinput} pick={(id) => pick('audioinput', id)} />
        <Button variant="default" onClick={() => (trying === undefined ? void test(picked.audioinput) : setTrying(undefined))}>
          {t(trying === undefined ? 'desk.microphone.try' : 'desk.microphone.stop')}
        </Button>
        <Choice label={t('desk.speaker')} of={devices.audiooutput} value={picked.audiooutput} pick={(id) => pick('audiooutput', id)} />
        <Button variant="default" loading={playing} onClick={() => void play()}>{t('desk.speaker.try')}</Button>
      </Group>
      {trying !== undefined && <LevelMeter label={t('desk.you')} track={trying.getAudioTracks()[0]} />}
      {fault !== undefined && <Text size="sm" c="var(--poor)" role="alert">{t('desk.devices.fault', { why: fault })}</Text>}
    </Stack>
  );
}

function Choice({ label, of, value, pick }: { label: string; of: Device[]; value: string | undefined; pick: (id: string | undefined) => void }) {
  const { t } = useI18n();
  return (
    <Select
      label={label} w={{ base: '100%', xs: 240 }} size="sm" placeholder={t('desk.devices.default')} clearable clearButtonProps={{ 'aria-label': t('clear') }}
      data={of.map((one) => ({ value: one.id, label: one.label }))} value={of.some((one) => one.id === value) ? value! : null}
      onChange={(id) => pick(id ?? undefined)} />
  );
}
