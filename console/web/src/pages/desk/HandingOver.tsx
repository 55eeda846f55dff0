import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../i18n/I18n';
import { isUnderWay, type Back, type HandOver } from '../../line/handOver';
import type { Stay } from '../../line/Stay';
import { Action } from '../../parts/Action';
import { IconAlert } from '../../parts/icons';

/** Asks for the transfer target. */
export function AskHandOver({ room, close }: { room: Stay | undefined; close: () => void }) {
  const { t } = useI18n();
  const [to, setTo] = useState('');
  const [first, setFirst] = useState(false);
  return (
    <Action
      opened close={close} title={t('live.transfer')} text={t(first ? 'desk.handover.first.text' : 'live.transfer.text')} yes={t('live.transfer')}
      act={() => {
        // The outcome takes as long as a phone rings, so it is shown next to the call.
        void room?.handTo(to.trim(), first);
        return Promise.resolve();
      }}>
      <TextInput
        label={t('live.transfer.to')} description={t('live.transfer.form')} required withAsterisk={false} maxLength={256} data-autofocus
        value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      <Checkbox label={t('desk.handover.first')} checked={first} onChange={(event) => setFirst(event.currentTarget.checked)} />
    </Action>
  );
}

/** Progress of the caller's transfer to another person, or why it failed. */
export function HandOverNow({ now, room }: { now: HandOver; room: Stay | undefined }) {
  const { t } = useI18n();
  const [fault, setFault] = useState<string>();
  if (now.is === 'none') {
    return <div role="status" />;
  }
  const to = now.to === '' ? t('desk.handover.somebody') : now.to;
  if (!isUnderWay(now)) {
    return (
      <Alert
        role="alert" color="red" icon={<IconAlert />} title={t('desk.handover.failed', { to })} withCloseButton closeButtonLabel={t('close')}
        onClose={() => room?.dismiss()}>
        {now.why === 'other' && now.detail !== '' ? now.detail : t(`desk.handover.why.${now.why}`)} {t('desk.handover.yours')}
      </Alert>
    );
  }

  function decide(how: 'complete' | 'cancel') {
    setFault(undefined);
    room?.decide(how).catch((problem: Error) => setFault(problem.message));
  }

  return (
    <Stack gap="xs">
      <div role="status"><Text size="sm">{t(now.is === 'speaks' ? 'desk.handover.speaks' : 'desk.handover.rings', { to })}</Text></div>
      {now.first && now.is !== 'asked' && (
        <Group gap="xs">
          <Button disabled={now.is !== 'speaks'} onClick={() => decide('complete')}>{t('desk.handover.complete')}</Button>
          <Button variant="default" onClick={() => decide('cancel')}>{t('desk.handover.cancel')}</Button>
        </Group>
      )}
      {fault !== undefined && <Text size="sm" c="var(--poor)" role="alert">{t('desk.fault', { why: fault })}</Text>}
    </Stack>
  );
}

/** Progress of giving the caller back to the agent, or why the agent did not come. */
export function BackNow({ now, room }: { now: Back; room: Stay | undefined }) {
  const { t } = useI18n();
  if (now.is !== 'failed') {
    return <div role="status">{now.is === 'asked' && <Text size="sm">{t('desk.back.asked')}</Text>}</div>;
  }
  return (
    <Alert
      role="alert" color="red" icon={<IconAlert />} title={t('desk.back.failed')} withCloseButton closeButtonLabel={t('close')}
      onClose={() => room?.dismiss()}>
      {now.why === 'other' && now.detail !== '' ? now.detail : t(`desk.back.why.${now.why}`)} {t('desk.handover.yours')}
    </Alert>
  );
}
