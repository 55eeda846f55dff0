import { Group, VisuallyHidden, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useI18n } from '../../i18n/I18n';
import { stacked } from './figures';
import classes from './analytics.module.css';

export interface Series {
  label: string;
  /** One of the theme's colours, for example `--good`. */
  colour: string;
  values: (number | null)[];
}

/** Unit of the axis: whole calls, or times in milliseconds. */
type Unit = 'count' | 'millis';

const HEIGHT = 230;
const STEPS: Record<Unit, number[]> = {
  count: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7],
  millis: [1, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000),
};

/** Days as stacked bars or as lines. A table with the same figures accompanies the drawing, for screen readers. */
export function DayChart({ title, days, series, form, unit = 'count', format }: {
  title: string; days: string[]; series: Series[]; form: 'bars' | 'lines'; unit?: Unit; format: (value: number) => string;
}) {
  const { t, format: text } = useI18n();
  const scheme = useComputedColorScheme('light');
  const place = useRef<HTMLDivElement>(null);
  const labels = days.map((day) => text.calendarDay(day));
  const key = JSON.stringify([labels, series, form, scheme]);

  useEffect(() => {
    const element = place.current;
    if (element === null || days.length === 0) {
      return;
    }
    const chart = new uPlot(options({ element, labels, series, form, unit, format }), data(series, form), element);
    const watch = new ResizeObserver(() => {
      if (element.clientWidth > 0) {
        chart.setSize({ width: element.clientWidth, height: HEIGHT });
      }
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
    // The key contains everything that is drawn.
  }, [key]);

  return (
    <figure className={classes.figure}>
      <Group gap="md" mb="xs" aria-hidden="true">
        {series.map((one) => (
          <span key={one.label} className={classes.legend}><span style={{ background: `var(${one.colour})` }} />{one.label}</span>
        ))}
      </Group>
      <div ref={place} aria-hidden="true" className={classes.chart} style={{ height: HEIGHT }} />
      <VisuallyHidden>
        <table>
          <caption>{title}</caption>
          <thead><tr><th scope="col">{t('day')}</th>{series.map((one) => <th key={one.label} scope="col">{one.label}</th>)}</tr></thead>
          <tbody>
            {labels.map((label, index) => (
              <tr key={days[index]}>
                <th scope="row">{label}</th>
                {series.map((one) => <td key={one.label}>{one.values[index] == null ? t('nothing') : format(one.values[index])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

/** Returns the drawn values. Stacked bars are drawn from the highest down, each over the one behind it. */
function data(series: Series[], form: 'bars' | 'lines'): uPlot.AlignedData {
  const places = (series[0]?.values ?? []).map((_, index) => index);
  return form === 'bars'
    ? [places, ...stacked(series.map((one) => one.values.map((value) => value ?? 0)))]
    : [places, ...series.map((one) => one.values)];
}

function options({ element, labels, series, form, unit, format }: {
  element: HTMLElement; labels: string[]; series: Series[]; form: 'bars' | 'lines'; unit: Unit; format: (value: number) => string;
}): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: colour('--mantine-color-dimmed'), font: '12px system-ui, sans-serif', grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false },
  };
  const bars = uPlot.paths.bars!({ size: [0.66, 46, 2], radius: 0.12 });
  const drawn = form === 'bars' ? [...series].reverse() : series;
  return {
    width: element.clientWidth || 600,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: form === 'lines' } },
    scales: {
      x: { time: false, range: [-0.6, labels.length - 0.4] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] },
    },
    axes: [
      {
        ...axis, grid: { show: false }, size: 30,
        splits: (_, __, first, last) => places(labels.length, element.clientWidth).filter((at) => at >= first && at <= last),
        values: (_, at) => at.map((index) => labels[index] ?? ''),
      },
      { ...axis, size: 52, incrs: STEPS[unit], values: (_, values) => values.map(format) },
    ],
    series: [{}, ...drawn.map((one) => ({
      label: one.label,
      stroke: colour(one.colour),
      ...(form === 'bars'
        ? { fill: colour(one.colour), width: 0, paths: bars, points: { show: false } }
        : { width: 2, spanGaps: true, points: { show: labels.length < 2 } }),
    }))],
    plugins: [hint(labels, series, format)],
  };
}

/** Returns the days that get a label: all, or as many as have room for it. */
function places(count: number, width: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(2, Math.floor(width / 76))));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}

/** Shows the figures of the day under the pointer. */
function hint(labels: string[], series: Series[], format: (value: number) => string): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = classes.hint!;
  box.hidden = true;
  return {
    hooks: {
      init: (chart) => chart.over.appendChild(box),
      setCursor: (chart) => {
        const index = chart.cursor.idx;
        box.hidden = index == null || (chart.cursor.left ?? -1) < 0;
        if (index == null || box.hidden) {
          return;
        }
        box.replaceChildren(line(labels[index] ?? '', true), ...series.map((one) =>
          line(`${one.label}: ${one.values[index] == null ? '–' : format(one.values[index])}`, false)));
        const right = (chart.cursor.left ?? 0) > chart.over.clientWidth / 2;
        box.style.left = right ? '' : `${(chart.cursor.left ?? 0) + 14}px`;
        box.style.right = right ? `${chart.over.clientWidth - (chart.cursor.left ?? 0) + 14}px` : '';
      },
    },
  };
}

function line(text: string, head: boolean): HTMLElement {
  const element = document.createElement(head ? 'strong' : 'div');
  element.textContent = text;
  return element;
}
