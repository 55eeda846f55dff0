import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useLoad } from '../api/useLoad';
import { useI18n } from '../i18n/I18n';
import { useSession } from '../session/Session';
import { Action } from './Action';
import classes from './parts.module.css';

/** Tells the user that the demo's calls are invented, while there are any, and can remove them. */
export function DemoNote({ gone }: { gone: () => void }) {
  const { t, format } = useI18n();
  const { api, may } = useSession();
  const demo = useLoad('demo', (signal) => api.get<{ calls: number }>('/demo', {}, signal));
  const [asking, setAsking] = useState(false);
  if ((demo.value?.calls ?? 0) === 0) {
    return null;
  }
  return (
    <Group className={classes.demo} justify="space-between" gap="sm" role="note">
      <Text size="sm" flex={1} miw={220}>{t('demo.text', { calls: format.count(demo.value!.calls) })}</Text>
      {may('edit-numbers') && <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t('demo.remove')}</Button>}
      <Action
        opened={asking} close={() => setAsking(false)} title={t('demo.remove')} text={t('demo.remove.text')} yes={t('demo.remove')}
        act={async () => {
          await api.delete('/demo');
          demo.again();
          gone();
        }} />
    </Group>
  );
}
