import { Stack, Text } from '@mantine/core';
import { itemsOf } from '../../api/Api';
import type { OutboundTrunk, Standing, Trunk } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { DataTable } from '../../parts/DataTable';
import { IconTrunk } from '../../parts/icons';
import { Worded } from '../../parts/Marks';
import { Page, Panel } from '../../parts/Panel';
import { Empty, Show } from '../../parts/States';
import { useSession } from '../../session/Session';

const EVERY_MILLIS = 15_000;

export default function TrunksPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const trunks = useLoad('trunks', async (signal) => itemsOf<Trunk>(await api.get('/trunks', {}, signal), 'trunks'));
  const outbound = useLoad('outbound', async (signal) => itemsOf<OutboundTrunk>(await api.get('/outbound-trunks', {}, signal), 'outbound_trunks'));
  const gateways = useLoad('gateways', async (signal) => itemsOf<Standing>(await api.get('/gateways', {}, signal), 'gateways'), EVERY_MILLIS);
  return (
    <Page title={t('nav.trunks')} text={t('trunks.text')}>
      <Panel title={t('trunks.in')} flush={trunks.value !== undefined}>
        <Show of={trunks} rows={3}>
          {(found) => found.length === 0
            ? <Empty icon={<IconTrunk size={26} />} title={t('trunks.empty')} text={t('trunks.empty.text')} />
            : <Inbound trunks={found} />}
        </Show>
      </Panel>
      <Panel title={t('trunks.out')} flush={outbound.value !== undefined}>
        <Show of={outbound} rows={3}>
          {(found) => found.length === 0
            ? <Empty icon={<IconTrunk size={26} />} title={t('trunks.out.empty')} text={t('trunks.out.empty.text')} />
            : <Outbound trunks={found} standings={gateways.value} />}
        </Show>
      </Panel>
      {gateways.problem !== undefined && <Show of={gateways}>{() => null}</Show>}
    </Page>
  );
}

function Inbound({ trunks }: { trunks: Trunk[] }) {
  const { t, format } = useI18n();
  return (
    <DataTable
      caption={t('trunks.in')} rows={trunks} keyOf={(trunk) => trunk.name}
      columns={[
        { key: 'name', label: t('trunk'), show: (trunk) => <Text span size="sm" fw={600}>{trunk.name}</Text> },
        { key: 'gate', label: t('trunks.gate'), show: (trunk) => <Gate trunk={trunk} /> },
        { key: 'country', label: t('trunks.country'), show: (trunk) => trunk.country },
        { key: 'numbers', label: t('nav.numbers'), show: (trunk) => trunk.numbers?.join(', ') || <Text span size="sm" c="dimmed">{t('any')}</Text> },
        { key: 'transports', label: t('trunks.transports'), show: (trunk) => trunk.transports?.join(', ').toUpperCase() || <Text span size="sm" c="dimmed">{t('any')}</Text> },
        { key: 'quota', label: t('trunks.quota'), end: true, show: (trunk) => trunk.max_invites_per_second !== undefined && t('trunks.persecond', { calls: format.count(trunk.max_invites_per_second) }) },
      ]} />
  );
}

/** How a trunk is authenticated: by address, by credentials. */
function Gate({ trunk }: { trunk: Trunk }) {
  const { t } = useI18n();
  return (
    <Stack gap={2}>
      {(trunk.addresses?.length ?? 0) > 0 && <Text size="sm" ff="monospace">{trunk.addresses!.join(', ')}</Text>}
      {(trunk.users?.length ?? 0) > 0 && <Text size="sm">{t('trunks.users', { users: trunk.users!.map((user) => user.username).join(', ') })}</Text>}
    </Stack>
  );
}

function Outbound({ trunks, standings }: { trunks: OutboundTrunk[]; standings: Standing[] | undefined }) {
  const { t } = useI18n();
  return (
    <DataTable
      caption={t('trunks.out')} rows={trunks} keyOf={(trunk) => trunk.name}
      columns={[
        { key: 'name', label: t('trunk'), show: (trunk) => <Text span size="sm" fw={600}>{trunk.name}</Text> },
        { key: 'organisation', label: t('organisation'), show: (trunk) => trunk.organisation ?? <Text span size="sm" c="dimmed">{t('who.suite')}</Text> },
        { key: 'gateways', label: t('trunks.gateways'), show: (trunk) => <Gateways of={standings?.filter((one) => one.trunk === trunk.name)} trunk={trunk} /> },
        { key: 'registration', label: t('trunks.registration'), show: (trunk) => <Registered of={standings?.filter((one) => one.trunk === trunk.name)} wanted={trunk.register === true} /> },
        { key: 'caller', label: t('trunks.callerid'), show: (trunk) => trunk.caller_id?.number },
      ]} />
  );
}

function Gateways({ of, trunk }: { of: Standing[] | undefined; trunk: OutboundTrunk }) {
  const { t, format } = useI18n();
  const told = of?.filter((one) => !one.stale).flatMap((one) => one.gateways.map((gateway) => ({ edge: one.edge, ...gateway }))) ?? [];
  if (told.length === 0) {
    return <Text span size="sm" c="dimmed">{trunk.gateways?.map((gateway) => gateway.host + (gateway.port === undefined ? '' : `:${gateway.port}`)).join(', ')} · {t('trunks.unknown')}</Text>;
  }
  return (
    <Stack gap={4}>
      {told.map((gateway) => (
        <Worded key={gateway.edge + gateway.gateway} tone={gateway.up ? 'good' : 'poor'}>
          {gateway.gateway} <Text span size="sm" c="dimmed">
            {t(gateway.up ? 'trunks.up' : 'trunks.down', { at: format.dateTime(gateway.since) })}
            {gateway.ping_millis !== undefined && ` · ${format.millis(gateway.ping_millis)}`}
            {!gateway.up && gateway.status !== undefined && ` · ${gateway.status}`}
          </Text>
        </Worded>
      ))}
    </Stack>
  );
}

function Registered({ of, wanted }: { of: Standing[] | undefined; wanted: boolean }) {
  const { t, format } = useI18n();
  const told = of?.flatMap((one) => (one.registration === undefined || one.stale ? [] : [one.registration]))[0];
  if (told === undefined) {
    return <Text span size="sm" c="dimmed">{t(wanted ? 'trunks.unknown' : 'trunks.noregistration')}</Text>;
  }
  return (
    <Worded tone={told.registered ? 'good' : 'poor'}>
      {told.registered
        ? told.until === undefined ? t('trunks.registered') : t('trunks.registered.until', { at: format.time(told.until) })
        : `${t('trunks.unregistered')}${told.why === undefined ? '' : `: ${told.why}`}`}
    </Worded>
  );
}
