/** Formats numbers and times as a language writes them, in the reader's time zone (the process's own). */
export class Format {
  private readonly dateTimes: Intl.DateTimeFormat;
  private readonly clock: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;
  private readonly shortDays: Intl.DateTimeFormat;
  private readonly weekdays: Intl.DateTimeFormat;

  constructor(readonly language: string) {
    const locale = LOCALES[language] ?? language;
    this.dateTimes = new Intl.DateTimeFormat(locale, {
      day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    this.clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    this.days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
    this.shortDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    this.weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  }

  dateTime(at: string): string {
    return this.dateTimes.format(new Date(at));
  }

  day(at: string): string {
    return this.days.format(new Date(at));
  }

  time(at: string): string {
    return this.clock.format(new Date(at));
  }

  /** @param day YYYY-MM-DD, a calendar day and not an instant: the same in every time zone */
  calendarDay(day: string): string {
    return this.shortDays.format(new Date(day + 'T00:00:00Z'));
  }

  /** @param index 0 is Monday */
  weekday(index: number): string {
    // 1 January 2024 was a Monday.
    return this.weekdays.format(new Date(Date.UTC(2024, 0, 1 + index)));
  }

  count(value: number): string {
    return value.toLocaleString(LOCALES[this.language] ?? this.language);
  }

  decimal(value: number, digits = 1): string {
    return value.toLocaleString(LOCALES[this.language] ?? this.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  /** @param share 0 to 1 */
  percent(share: number): string {
    return share.toLocaleString(LOCALES[this.language] ?? this.language, { style: 'percent', maximumFractionDigits: 1 });
  }

  /** Formats short times: 58 ms, 1.2 s. */
  millis(millis: number): string {
    return millis < 1000 ? `${this.count(Math.round(millis))} ms` : `${this.decimal(millis / 1000)} s`;
  }
}

/** English in its British form: days before months. */
const LOCALES: Record<string, string> = { en: 'en-GB' };

/** Formats talk times: 0:07, 12:34, 1:02:03. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const two = (part: number) => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Returns how a mean opinion score sounds; scores are 1 to 4.5 (ITU-T G.107). */
export function heard(mos: number): 'good' | 'fair' | 'poor' {
  return mos >= 3.8 ? 'good' : mos >= 3 ? 'fair' : 'poor';
}
