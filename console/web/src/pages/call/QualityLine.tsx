import { Text } from '@mantine/core';
import type { Trace } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { QualityMark } from '../../parts/Marks';
import classes from './call.module.css';
import { line } from './quality';
import { since } from './timeline';

const WIDTH = 600;
const HEIGHT = 60;

/** The quality over time, one point per minute, and the same as a list for readers who do not see the line. */
export function QualityLine({ quality }: { quality: NonNullable<Trace['quality']> }) {
  const { t, format } = useI18n();
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.quality} aria-hidden="true" preserveAspectRatio="none">
        <line x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polyline points={line(quality, WIDTH, HEIGHT)} />
      </svg>
      <ul className={classes.points}>
        {quality.map((one) => (
          <li key={one.at}>
            <Text span size="xs" c="dimmed">{since(one.sinceMillis)}</Text> <QualityMark mos={one.mos} />
            <Text span size="xs" c="dimmed"> {t('call.jitter')} {format.decimal(one.jitterMillis)} ms · {t('call.lost')} {format.count(one.lost)}</Text>
          </li>
        ))}
      </ul>
    </>
  );
}
