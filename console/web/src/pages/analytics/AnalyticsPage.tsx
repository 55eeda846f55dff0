import { Anchor, Grid, Group, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import { Link } from 'react-router';
import { itemsOf } from '../../api/Api';
import type { Analytics, Organisation } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { IconChart } from '../../parts/icons';
import { useReason } from '../../parts/Marks';
import { DemoNote } from '../../parts/DemoNote';
import { Page, Panel, Tile } from '../../parts/Panel';
import parts from '../../parts/parts.module.css';
import { PeriodPicker } from '../../parts/PeriodPicker';
import { Empty, Show } from '../../parts/States';
import { useQuery } from '../../parts/useQuery';
import { useSession } from '../../session/Session';
import { duration } from '../../text/format';
import { daysOf, setFields, span } from '../history/filter';
import classes from './analytics.module.css';
import { DayChart } from './DayChart';
import { everyDay, totals, unanswered } from './figures';
import { HeatMap } from './HeatMap';

const FIELDS = ['organisation', 'number', 'agent', 'trunk'] as const;

export default function AnalyticsPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const [query, change] = useQuery();
  const [now] = useState(() => new Date());
  const period = useMemo(() => span(query, now), [query, now]);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const asked: Record<string, string | undefined> = { ...period, zone };
  FIELDS.forEach((field) => (asked[field] = query.get(field) ?? undefined));
  const found = useLoad(JSON.stringify(asked), (signal) => api.get<Analytics>('/analytics', asked, signal));
  return (
    <Page title={t('nav.analytics')} text={t('analytics.text', { zone })}>
      <DemoNote gone={found.again} />
      <Panel><Filters query={query} change={change} /></Panel>
      <Show of={found} rows={12}>
        {(figures) => (figures.days.every((day) => day.calls === 0)
          ? (
            <Panel>
              <Empty
                icon={<IconChart size={26} />} title={t('analytics.empty')}
                text={t(setFields(query).length > 0 ? 'filtered.text' : 'analytics.empty.text')} />
            </Panel>
          )
          : <Figures figures={figures} days={daysOf(period)} query={query} />)}
      </Show>
    </Page>
  );
}

function Filters({ query, change }: { query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const list = useLoad('organisations', async (signal) =>
    may('see-organisations') ? itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations') : []);
  return (
    <Group gap="sm" align="flex-end">
      <PeriodPicker query={query} change={change} />
      {may('see-organisations') && (
        <Select
          label={t('organisation')} w={{ base: 'calc(50% - 6px)', xs: 180 }} placeholder={t('all')} clearable searchable clearButtonProps={{ 'aria-label': t('clear') }}
          data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))}
          value={query.get('organisation')} onChange={(wish) => change({ organisation: wish ?? undefined })} />
      )}
      {(['number', 'agent', 'trunk'] as const).map((field) => <Filter key={field} field={field} label={t(field)} query={query} change={change} />)}
    </Group>
  );
}

function Filter({ field, label, query, change }: {
  field: string; label: string; query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void;
}) {
  const given = query.get(field) ?? '';
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);
  const ask = useDebouncedCallback((value: string) => change({ [field]: value.trim() }), 400);
  return (
    <TextInput
      label={label} w={{ base: 'calc(50% - 6px)', xs: 150 }} value={text}
      onChange={(event) => { setText(event.currentTarget.value); ask(event.currentTarget.value); }} />
  );
}

function Figures({ figures, days, query }: { figures: Analytics; days: string[]; query: URLSearchParams }) {
  const { t, format } = useI18n();
  const all = everyDay(figures.days, days);
  const sum = totals(all);
  const talk = (millis: number | undefined) => (millis === undefined ? '–' : duration(millis));
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
        <Tile label={t('analytics.calls')} value={format.count(sum.calls)} text={t('analytics.answered', { calls: format.count(sum.answered) })} />
        <Tile
          label={t('analytics.rate')} value={figures.answerRate === undefined ? '–' : format.percent(figures.answerRate)}
          text={t('analytics.refused', { calls: format.count(sum.refused) })} />
        <Tile label={t('analytics.talk')} value={talk(sum.averageTalkMillis)} text={t('analytics.talk.text')} />
        <Tile
          label={t('analytics.setup')} value={figures.setup?.p50 === undefined ? '–' : format.millis(figures.setup.p50)}
          text={figures.setup?.p90 === undefined ? t('analytics.median') : t('analytics.setup.text', { p90: format.millis(figures.setup.p90) })} />
        <Tile
          label={t('analytics.quality')} value={figures.quality?.mosP50 === undefined ? '–' : format.decimal(figures.quality.mosP50, 2)}
          text={figures.quality?.belowThree === undefined ? t('analytics.median') : t('analytics.quality.text', { calls: format.count(figures.quality.belowThree) })} />
        <Tile
          label={t('analytics.short')} value={figures.short === undefined ? '–' : format.count(figures.short.calls)}
          text={figures.short && t('analytics.short.text', { seconds: figures.short.underSeconds })} />
      </SimpleGrid>
      <Panel title={t('analytics.days')}>
        <DayChart
          title={t('analytics.days')} days={days} form="bars" format={(value) => format.count(value)}
          series={[
            { label: t('outcome.answered'), colour: '--good', values: all.map((day) => day.answered) },
            { label: t('outcome.unanswered'), colour: '--quiet', values: all.map(unanswered) },
            { label: t('outcome.refused'), colour: '--poor', values: all.map((day) => day.refused) },
          ]} />
      </Panel>
      <Panel title={t('analytics.hours')} aside={t('analytics.zone')}><HeatMap hours={figures.hours} /></Panel>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Panel title={t('analytics.talks')}>
            <DayChart
              title={t('analytics.talks')} days={days} form="lines" unit="millis" format={duration}
              series={[
                { label: t('analytics.average'), colour: '--accent', values: all.map((day) => day.averageTalkMillis ?? null) },
                { label: t('analytics.median'), colour: '--fair', values: all.map((day) => day.medianTalkMillis ?? null) },
              ]} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Panel title={t('analytics.peak')}><Peak figures={figures} days={days} /></Panel>
        </Grid.Col>
        <Grid.Col span={12}>
          <Panel title={t('analytics.refusals')}><Refusals figures={figures} query={query} /></Panel>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Peak({ figures, days }: { figures: Analytics; days: string[] }) {
  const { t, format } = useI18n();
  const peak = new Map(figures.peak?.map((one) => [one.day, one]));
  const limits = days.map((day) => peak.get(day)?.limit ?? null);
  return (
    <DayChart
      title={t('analytics.peak')} days={days} form="lines" format={(value) => format.count(value)}
      series={[
        { label: t('analytics.most'), colour: '--accent', values: days.map((day) => peak.get(day)?.most ?? 0) },
        ...(limits.some((limit) => limit !== null) ? [{ label: t('limit'), colour: '--poor', values: limits }] : []),
      ]} />
  );
}

/** Refusal reasons; each links to the calls that were refused for it. */
function Refusals({ figures, query }: { figures: Analytics; query: URLSearchParams }) {
  const { t, format } = useI18n();
  const reason = useReason();
  const sorted = [...figures.refusals].sort((one, other) => other.calls - one.calls);
  const most = sorted[0]?.calls ?? 1;
  if (sorted.length === 0) {
    return <Text size="sm" c="dimmed">{t('analytics.refusals.none')}</Text>;
  }
  const to = (code: string) => {
    const next = new URLSearchParams(query);
    next.set('outcome', 'refused');
    next.set('reason', code);
    return `/history?${next.toString()}`;
  };
  return (
    <ul className={classes.refusals}>
      {sorted.map((one) => (
        <li key={one.reason}>
          <Group justify="space-between" wrap="nowrap" gap="md" mb={4}>
            <Anchor component={Link} to={to(one.reason)} size="sm" underline="hover">{reason(one.reason, one.text)}</Anchor>
            <Text size="sm" fw={600}>{format.count(one.calls)}</Text>
          </Group>
          <div className={parts.meter} aria-hidden="true"><div style={{ width: `${(one.calls / most) * 100}%`, '--fill': 'var(--poor)' } as CSSProperties} /></div>
        </li>
      ))}
    </ul>
  );
}
