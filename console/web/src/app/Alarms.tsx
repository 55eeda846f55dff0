import { ActionIcon, Indicator, Popover, Text } from '@mantine/core';
import type { Alarm } from '../api/types';
import { itemsOf } from '../api/Api';
import { useLoad } from '../api/useLoad';
import { useI18n } from '../i18n/I18n';
import { Worded, type Tone } from '../parts/Marks';
import { IconBell } from '../parts/icons';
import { ProblemBox } from '../parts/States';
import { useSession } from '../session/Session';
import classes from './Shell.module.css';

const EVERY_MILLIS = 15_000;

function toneOf(severity: string): Tone {
  return severity === 'critical' || severity === 'error' ? 'poor' : severity === 'info' ? 'accent' : 'fair';
}

/** Alarms for operators, in the header of every page. */
export function Alarms() {
  const { t, format } = useI18n();
  const { api } = useSession();
  const alarms = useLoad('alarms', async (signal) => itemsOf<Alarm>(await api.get('/alarms', {}, signal), 'alarms'), EVERY_MILLIS);
  const count = alarms.value?.length ?? 0;
  const worst = alarms.value?.some((alarm) => toneOf(alarm.severity) === 'poor') ? 'poor' : 'fair';
  const label = alarms.problem !== undefined ? t('alarms.unknown') : count === 0 ? t('alarms.none') : t('alarms.count', { count });
  return (
    <Indicator disabled={count === 0} label={count} size={17} offset={5} color={worst === 'poor' ? 'red.8' : 'orange.9'}>
      <Popover position="bottom-end" width={340} shadow="md" trapFocus>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" className={classes.tool} aria-label={label}><IconBell /></ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <Text fw={600} mb={4}>{t('alarms')}</Text>
          {alarms.problem !== undefined && <ProblemBox problem={alarms.problem} again={alarms.again} />}
          {alarms.problem === undefined && count === 0 && <Text size="sm" c="dimmed">{t('alarms.none.text')}</Text>}
          {alarms.value?.map((alarm) => (
            <div key={alarm.kind + alarm.since + alarm.text} className={classes.alarm}>
              <Worded tone={toneOf(alarm.severity)}>
                <Text span size="sm">{alarm.text}</Text>
                <Text size="xs" c="dimmed">{t('since', { at: format.dateTime(alarm.since) })}</Text>
              </Worded>
            </div>
          ))}
        </Popover.Dropdown>
      </Popover>
    </Indicator>
  );
}
