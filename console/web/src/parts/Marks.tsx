import { Badge, Group, Text } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import type { CallKind, LiveState, Outcome } from '../api/types';
import { useI18n } from '../i18n/I18n';
import { heard } from '../text/format';
import classes from './parts.module.css';

export type Tone = 'good' | 'fair' | 'poor' | 'quiet' | 'accent';

/** A coloured dot with words, because colour alone conveys nothing. */
export function Worded({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.worded}>
      <span className={classes.dot} style={{ '--dot': `var(--${tone})` } as CSSProperties} />
      <span>{children}</span>
    </span>
  );
}

const STATES: Record<LiveState, Tone> = { ringing: 'fair', up: 'good', held: 'accent' };
const OUTCOMES: Record<Outcome, Tone> = { answered: 'good', refused: 'poor', unanswered: 'quiet' };

export function StateMark({ state }: { state: LiveState }) {
  const { t } = useI18n();
  return <Worded tone={STATES[state] ?? 'quiet'}>{t(`state.${state}`)}</Worded>;
}

export function OutcomeMark({ outcome }: { outcome: Outcome | undefined }) {
  const { t } = useI18n();
  return outcome === undefined
    ? <Worded tone="accent">{t('outcome.live')}</Worded>
    : <Worded tone={OUTCOMES[outcome] ?? 'quiet'}>{t(`outcome.${outcome}`)}</Worded>;
}

/** Marks a trial call, in which nobody wanted to talk, or a demo call, which nobody placed. */
export function KindMark({ kind }: { kind: CallKind | undefined }) {
  const { t } = useI18n();
  return kind === 'trial' || kind === 'demo' ? <Badge size="xs" flex="none" variant="outline" color="gray" c="dimmed">{t(`kind.${kind}`)}</Badge> : null;
}

/** Returns a function that formats why a call ended or was refused, in the reader's language. */
export function useReason(): (code: string | undefined, text?: string) => string {
  const { tOr } = useI18n();
  return (code, text) => (code === undefined ? text ?? '' : tOr(`reason.${code}`, text ?? code));
}

export function QualityMark({ mos }: { mos: number | undefined }) {
  const { t, format } = useI18n();
  if (mos === undefined) {
    return null;
  }
  const how = heard(mos);
  return <Worded tone={how}><span className={classes.line}>{t(`quality.${how}`)} <Text span c="dimmed" size="sm">{format.decimal(mos)}</Text></span></Worded>;
}

/** A possibly long name, truncated if it would take space from others; the full name appears under the pointer. */
export function Cut({ text }: { text: string | undefined }) {
  return text === undefined ? null : <span className={classes.cut} title={text}>{text}</span>;
}

/** A value and its limit, as a bar and in figures. */
export function Meter({ value, limit, label }: { value: number; limit?: number; label: string }) {
  const { t, format } = useI18n();
  const share = limit === undefined || limit === 0 ? 0 : Math.min(1, value / limit);
  const tone = share >= 1 ? 'poor' : share >= 0.8 ? 'fair' : 'accent';
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={4}>
        <Text size="sm" truncate>{label}</Text>
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {limit === undefined ? format.count(value) : t('of', { value: format.count(value), limit: format.count(limit) })}
        </Text>
      </Group>
      <div className={classes.meter} aria-hidden="true">
        <div style={{ width: `${share * 100}%`, '--fill': `var(--${tone})` } as CSSProperties} />
      </div>
    </div>
  );
}
