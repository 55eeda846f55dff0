import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { itemsOf } from '../../api/Api';
import type { Organisation, PhoneNumber } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Action } from '../../parts/Action';
import { useSession } from '../../session/Session';

/** Ownership of a number: assign, reassign, release, remove. For admins. */
export function Ownership({ number, changed }: { number: PhoneNumber; changed: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<'assign' | 'release' | 'remove'>();
  const path = `/numbers/${encodeURIComponent(number.phone_number)}`;
  const idle = number.organisation === undefined;
  const close = () => setAsked(undefined);
  return (
    <Stack gap="sm">
      <Text size="sm">{idle ? t('owner.idle') : t('owner.is', { organisation: number.organisation! })}</Text>
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => setAsked('assign')}>{t(idle ? 'owner.assign' : 'owner.reassign')}</Button>
        {!idle && <Button variant="default" size="xs" onClick={() => setAsked('release')}>{t('owner.release')}</Button>}
        <Button variant="default" size="xs" c="var(--poor)" onClick={() => setAsked('remove')}>{t('owner.remove')}</Button>
      </Group>
      {asked === 'assign' && <Assign number={number} close={close} changed={changed} />}
      {asked === 'release' && (
        <Action
          opened close={close} danger title={t('owner.release')} text={t('owner.release.sure', { number: number.phone_number })} yes={t('owner.release')}
          act={async () => { await api.post(`${path}/release`); changed(); }} />
      )}
      {asked === 'remove' && (
        <Action
          opened close={close} danger title={t('owner.remove')} text={t('owner.remove.sure', { number: number.phone_number })} yes={t('owner.remove')}
          act={async () => { await api.delete(path); void navigate('/numbers'); }} />
      )}
    </Stack>
  );
}

function Assign({ number, close, changed }: { number: PhoneNumber; close: () => void; changed: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [label, setLabel] = useState('');
  const list = useLoad('organisations', async (signal) => itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations'));
  const taken = number.organisation !== undefined;
  return (
    <Action
      opened close={close} danger={taken} title={t(taken ? 'owner.reassign' : 'owner.assign')} text={taken ? t('owner.reassign.text', { organisation: number.organisation! }) : undefined}
      yes={t(taken ? 'owner.reassign' : 'owner.assign')}
      act={async () => {
        await api.post(`/numbers/${encodeURIComponent(number.phone_number)}/assign`, {
          organisation, ...(taken ? { reassign: true } : {}), ...(label === '' ? {} : { label }),
        });
        changed();
      }}>
      <Select
        label={t('organisation')} required withAsterisk={false} searchable value={organisation} onChange={setOrganisation} data-autofocus
        data={(list.value ?? []).filter((one) => one.name !== number.organisation).map((one) => ({ value: one.name, label: one.label || one.name }))} />
      <TextInput label={t('label')} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
    </Action>
  );
}
