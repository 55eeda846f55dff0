import { Button, Code, CopyButton, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { itemsOf } from '../../api/Api';
import type { ApiKey, MadeKey, Organisation, Role } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Action } from '../../parts/Action';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconKey } from '../../parts/icons';
import { Page, Panel } from '../../parts/Panel';
import { Empty, Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import { stateOf } from './keys';

/** API keys of programs: created, shown once, revoked. */
export default function KeysPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const keys = useLoad('keys', async (signal) => itemsOf<ApiKey>(await api.get('/keys', {}, signal), 'keys'));
  return (
    <Page title={t('nav.keys')} text={t('keys.text')} actions={<Button onClick={() => setMaking(true)}>{t('keys.make')}</Button>}>
      {made !== undefined && <Told made={made} />}
      <Panel flush={keys.value !== undefined && keys.value.length > 0}>
        <Show of={keys}>
          {(found) => found.length === 0
            ? <Empty icon={<IconKey size={26} />} title={t('keys.empty')} text={t('keys.empty.text')} />
            : <Keys keys={found} changed={keys.again} />}
        </Show>
      </Panel>
      {making && <Make close={() => setMaking(false)} made={(one) => { setMade(one); keys.again(); }} />}
    </Page>
  );
}

/** Shows a new key, the only time that it is visible. */
function Told({ made }: { made: MadeKey }) {
  const { t } = useI18n();
  return (
    <Panel title={t('keys.made', { name: made.shown.name })}>
      <Stack gap="xs" role="status">
        <Text size="sm">{t('keys.once')}</Text>
        <Group gap="xs">
          <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{made.key}</Code>
          <CopyButton value={made.key}>
            {({ copied, copy }) => <Button variant="default" size="xs" onClick={copy}>{t(copied ? 'keys.copied' : 'copy')}</Button>}
          </CopyButton>
        </Group>
      </Stack>
    </Panel>
  );
}

function Keys({ keys, changed }: { keys: ApiKey[]; changed: () => void }) {
  const { t, format } = useI18n();
  const { api, may } = useSession();
  const [asked, setAsked] = useState<ApiKey>();
  const now = new Date();
  const columns: (Column<ApiKey> | false)[] = [
    { key: 'name', label: t('keys.name'), show: (key) => <span><Text span size="sm" fw={600}>{key.name}</Text> <Code>{key.beginning}…</Code></span> },
    { key: 'role', label: t('keys.role'), show: (key) => t(`role.${key.role}`) },
    may('see-organisations') && { key: 'organisation', label: t('organisation'), show: (key) => key.organisation ?? <Text span size="sm" c="dimmed">{t('any')}</Text> },
    { key: 'made', label: t('keys.madeat'), show: (key) => t('keys.by', { at: format.dateTime(key.madeAt), by: key.madeBy }) },
    { key: 'used', label: t('keys.used'), show: (key) => (key.usedAt === undefined ? t('keys.never') : format.dateTime(key.usedAt)) },
    {
      key: 'state', label: t('keys.state'),
      show: (key) => {
        switch (stateOf(key, now)) {
          case 'revoked': return t('keys.revoked', { at: format.dateTime(key.revokedAt!), by: key.revokedBy ?? '' });
          case 'ended': return t('keys.ended', { at: format.dateTime(key.endsAt!) });
          case 'works': return key.endsAt === undefined ? t('keys.works') : t('keys.until', { at: format.dateTime(key.endsAt) });
        }
      },
    },
    {
      key: 'revoke', label: '', hidden: t('keys.revoke'), end: true,
      show: (key) => stateOf(key, now) === 'works' && (
        <Button size="xs" variant="default" aria-label={t('keys.revoke.one', { name: key.name })} onClick={() => setAsked(key)}>{t('keys.revoke')}</Button>
      ),
    },
  ];
  return (
    <>
      <DataTable caption={t('nav.keys')} columns={columns.filter((column) => column !== false)} rows={keys} keyOf={(key) => key.id} />
      {asked !== undefined && (
        <Action
          opened close={() => setAsked(undefined)} danger title={t('keys.revoke.one', { name: asked.name })} text={t('keys.revoke.sure')} yes={t('keys.revoke')}
          act={async () => { await api.delete(`/keys/${asked.id}`); changed(); }} />
      )}
    </>
  );
}

function Make({ close, made }: { close: () => void; made: (key: MadeKey) => void }) {
  const { t } = useI18n();
  const { api, session, may } = useSession();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('support');
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [days, setDays] = useState<number | string>(365);
  const all = may('see-organisations');
  const list = useLoad(`organisations ${all}`, async (signal) =>
    (all ? itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations') : []));
  const roles: Role[] = session.role === 'admin' ? ['support', 'desk', 'tenant', 'admin'] : ['support', 'desk', 'tenant'];
  return (
    <Action
      opened close={close} title={t('keys.make')} yes={t('keys.make')}
      act={async () => made(await api.post<MadeKey>('/keys', {
        name, role, ...(all && organisation !== null && role !== 'admin' ? { organisation } : {}), ...(days === '' ? {} : { days: Number(days) }),
      }))}>
      <TextInput label={t('keys.name')} description={t('keys.name.text')} required withAsterisk={false} maxLength={100} data-autofocus
        value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label={t('keys.role')} allowDeselect={false} value={role} onChange={(value) => setRole(value as Role)}
        data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))} />
      {all && role !== 'admin' && (
        <Select label={t('organisation')} searchable clearable={role === 'support'} required={role !== 'support'} withAsterisk={false}
          value={organisation} onChange={setOrganisation}
          data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))} />
      )}
      <NumberInput label={t('keys.days')} description={t('keys.days.text')} min={1} max={3650} allowDecimal={false} value={days} onChange={setDays} />
    </Action>
  );
}
