import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useI18n } from '../../i18n/I18n';
import { busiest, heat } from './figures';
import classes from './analytics.module.css';

/** Calls by weekday and hour, in the reader's time zone. It is a table in which every figure can be read; the colour is only an aid. */
export function HeatMap({ hours }: { hours: number[][] }) {
  const { t, format } = useI18n();
  const most = busiest(hours);
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('analytics.hours')}>
        <table className={classes.heat}>
          <caption className={classes.caption}>{t('analytics.hours')}</caption>
          <thead>
            <tr>
              <td />
              {Array.from({ length: 24 }, (_, hour) => <th key={hour} scope="col">{String(hour).padStart(2, '0')}</th>)}
            </tr>
          </thead>
          <tbody>
            {heat(hours).map((row, day) => (
              <tr key={day}>
                <th scope="row">{format.weekday(day)}</th>
                {row.map(({ calls, share }, hour) => (
                  <td key={hour} style={{ '--share': share } as CSSProperties}>{calls > 0 ? format.count(calls) : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {most !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('analytics.busiest', { day: format.weekday(most.day), hour: `${String(most.hour).padStart(2, '0')}:00`, calls: format.count(most.calls) })}
        </Text>
      )}
    </>
  );
}
