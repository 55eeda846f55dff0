import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { itemsOf } from '../../api/Api';
import type { Organisation, Receipt, Retention } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Action } from '../../parts/Action';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconUser } from '../../parts/icons';
import { Page, Panel } from '../../parts/Panel';
import { Empty, Show } from '../../parts/States';
import { useSession } from '../../session/Session';

/** How long calls are kept, and the erasure of callers who ask to be forgotten. */
export default function PrivacyPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const retention = useLoad('retention', (signal) => api.get<Retention>('/retention', {}, signal));
  const receipts = useLoad('receipts', async (signal) => itemsOf<Receipt>(await api.get('/callers/erased', {}, signal), 'receipts'));
  return (
    <Page title={t('nav.privacy')} text={t('privacy.text')}>
      <Panel title={t('privacy.kept')}>
        <Show of={retention}>{(found) => <Kept retention={found} changed={retention.again} />}</Show>
      </Panel>
      <Panel title={t('privacy.erase')}>
        <Erase changed={receipts.again} />
      </Panel>
      <Panel title={t('privacy.receipts')} flush={receipts.value !== undefined && receipts.value.length > 0}>
        <Show of={receipts}>
          {(found) => found.length === 0
            ? <Empty icon={<IconUser size={26} />} title={t('privacy.none')} text={t('privacy.none.text')} />
            : <Receipts receipts={found} />}
        </Show>
      </Panel>
    </Page>
  );
}

function Kept({ retention, changed }: { retention: Retention; changed: () => void }) {
  const { t, format } = useI18n();
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const usual = retention.usualDays === undefined ? t('privacy.forgood') : t('privacy.days', { days: format.count(retention.usualDays) });
  return (
    <Stack gap="sm">
      <Text size="sm">{t('privacy.usual', { usual })}</Text>
      {retention.organisations.map((own) => (
        <Text size="sm" key={own.organisation}>
          {t('privacy.own', { organisation: own.organisation, days: format.count(own.days), by: own.setBy, at: format.dateTime(own.setAt) })}
        </Text>
      ))}
      <Group><Button variant="default" size="xs" onClick={() => setOpen(true)}>{t('privacy.change')}</Button></Group>
      {open && <Change all={may('see-organisations')} first={retention.organisations[0]?.days} close={() => setOpen(false)} changed={changed} />}
    </Stack>
  );
}

function Change({ all, first, close, changed }: { all: boolean; first: number | undefined; close: () => void; changed: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [days, setDays] = useState<number | string>(all ? '' : first ?? '');
  const list = useLoad(`organisations ${all}`, async (signal) =>
    (all ? itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations') : []));
  return (
    <Action
      opened close={close} danger title={t('privacy.change')} text={t('privacy.change.text')} yes={t('privacy.change')}
      act={async () => {
        await api.patch('/retention', { ...(all ? { organisation } : {}), ...(days === '' ? {} : { days: Number(days) }) });
        changed();
      }}>
      {all && (
        <Select label={t('organisation')} required withAsterisk={false} searchable value={organisation} onChange={setOrganisation}
          data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))} />
      )}
      <NumberInput label={t('keys.days')} description={t('privacy.empty')} min={1} max={3650} allowDecimal={false} value={days} onChange={setDays} />
    </Action>
  );
}

function Erase({ changed }: { changed: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [who, setWho] = useState('');
  const [asked, setAsked] = useState(false);
  const text = who.trim();
  const body = text.startsWith('+') ? { number: text } : /^[0-9a-f]{64}$/.test(text) ? { pseudonym: text } : { call: text };
  return (
    <Stack gap="sm">
      <Text size="sm">{t('privacy.erase.text')}</Text>
      <Group gap="xs" align="flex-end">
        <TextInput label={t('privacy.who')} value={who} onChange={(event) => setWho(event.currentTarget.value)} w={{ base: '100%', xs: 360 }} />
        <Button variant="default" disabled={text === ''} onClick={() => setAsked(true)}>{t('privacy.erase')}</Button>
      </Group>
      {asked && (
        <Action
          opened close={() => setAsked(false)} danger title={t('privacy.erase')} text={t('privacy.erase.sure')} yes={t('privacy.erase')}
          act={async () => { await api.delete('/callers', body); setWho(''); changed(); }} />
      )}
    </Stack>
  );
}

function Receipts({ receipts }: { receipts: Receipt[] }) {
  const { t, format } = useI18n();
  const { may } = useSession();
  const columns: (Column<Receipt> | false)[] = [
    { key: 'id', label: t('privacy.receipt'), show: (receipt) => <Text span size="xs" ff="monospace">{receipt.id}</Text> },
    { key: 'at', label: t('keys.madeat'), show: (receipt) => t('keys.by', { at: format.dateTime(receipt.at), by: receipt.by }) },
    may('see-organisations') && { key: 'organisation', label: t('organisation'), show: (receipt) => receipt.organisation ?? t('any') },
    { key: 'calls', label: t('privacy.calls'), end: true, show: (receipt) => format.count(receipt.erasedCalls) },
    { key: 'notes', label: t('notes'), end: true, show: (receipt) => format.count(receipt.notes) },
  ];
  return <DataTable caption={t('privacy.receipts')} columns={columns.filter((column) => column !== false)} rows={receipts} keyOf={(receipt) => receipt.id} />;
}
