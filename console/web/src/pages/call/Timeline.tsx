import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { TraceStep } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import type { Tone } from '../../parts/Marks';
import { folded, pause, place, since } from './timeline';
import classes from './call.module.css';

function toneOf(type: string): Tone {
  if (/rejected|refused|failed|unavailable|missed|lost/.test(type)) {
    return 'poor';
  }
  if (/answered|succeeded/.test(type)) {
    return 'good';
  }
  return /ended|heartbeat/.test(type) ? 'quiet' : 'accent';
}

/** What happened to a call, by which service, in order. The bar beside each step shows when in the call it happened. */
export function Timeline({ steps }: { steps: TraceStep[] }) {
  const { t, format } = useI18n();
  if (steps.length === 0) {
    return <Text size="sm" c="dimmed">{t('call.timeline.empty')}</Text>;
  }
  const shown = folded(steps);
  return (
    <ol className={classes.timeline}>
      {shown.map((step, index) => {
        const waited = pause(shown[index - 1], step);
        return (
          <li key={index} className={classes.step} style={{ '--dot': `var(--${toneOf(step.type)})`, '--place': place(step, steps) } as CSSProperties}>
            <time dateTime={step.at} title={format.dateTime(step.at)} className={classes.since}>{since(step.sinceMillis)}</time>
            <span className={classes.knot} aria-hidden="true" />
            <div className={classes.what}>
              {waited !== undefined && <Text size="xs" c="dimmed">{t('call.waited', { time: format.millis(waited) })}</Text>}
              <Text size="sm">{step.text}{step.times > 1 && <Text span size="sm" c="dimmed"> ({t('call.times', { count: step.times })})</Text>}</Text>
              <Text size="xs" c="dimmed">{step.by} · {step.type.replace(/^dev\.trunkline\./, '').replace(/\.v\d+$/, '')}</Text>
              <div className={classes.track} aria-hidden="true"><div /></div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
