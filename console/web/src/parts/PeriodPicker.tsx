import { Group, Select, TextInput } from '@mantine/core';
import { useI18n } from '../i18n/I18n';
import { PERIODS, periodOf, daysOf, span } from '../pages/history/filter';

/** Picks a period, which the page's address contains, in days of the reader's time zone. */
export function PeriodPicker({ query, change }: {
  query: URLSearchParams; change: (changes: Record<string, string | undefined>) => void;
}) {
  const { t } = useI18n();
  const period = periodOf(query);
  const days = daysOf(span(query, new Date()));
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={t('period')} w={{ base: 'calc(50% - 6px)', xs: 170 }} allowDeselect={false} value={period}
        data={PERIODS.map((one) => ({ value: one, label: t(`period.${one}`) }))}
        onChange={(wish) => change(wish === 'custom'
          ? { period: 'custom', from: days[0], to: days.at(-1) }
          : { period: wish ?? undefined, from: undefined, to: undefined })} />
      {period === 'custom' && (
        <>
          <TextInput type="date" label={t('period.first')} value={query.get('from') ?? days[0] ?? ''} onChange={(event) => change({ from: event.currentTarget.value })} />
          <TextInput type="date" label={t('period.last')} value={query.get('to') ?? days.at(-1) ?? ''} onChange={(event) => change({ to: event.currentTarget.value })} />
        </>
      )}
    </Group>
  );
}
