import { Autocomplete, Button, Group, NumberInput, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Problem } from '../../api/Api';
import type { PhoneNumber } from '../../api/types';
import { useI18n } from '../../i18n/I18n';
import { ProblemBox } from '../../parts/States';
import { useSession } from '../../session/Session';
import { NAMED, edited, inherited, written, type NamedField } from './config';

/** An organisation's settings for its number. An emptied field is inherited again, and shows the inherited value in grey. */
export function NumberForm({ number, saved }: { number: PhoneNumber; saved: () => void }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const own = number.config_override;
  const [label, setLabel] = useState(number.label);
  const [texts, setTexts] = useState<Record<NamedField, string>>(() => ({
    greeting: written(own.greeting), language: written(own.language), prompt: written(own.prompt),
  }));
  const [limit, setLimit] = useState<number | undefined>(number.own_concurrent_calls);
  const [granted, setGranted] = useState<number>(number.max_concurrent_calls);
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState(false);
  const readOnly = !may('edit-numbers');

  const config = edited(own, Object.fromEntries(NAMED.filter((field) => texts[field] !== written(own[field])).map((field) => [field, texts[field]])));
  const change = {
    ...(label === number.label ? {} : { label }),
    ...(JSON.stringify(config) === JSON.stringify(own) ? {} : { config_override: config }),
    ...(limit === number.own_concurrent_calls ? {} : { own_concurrent_calls: limit ?? null }),
    ...(granted === number.max_concurrent_calls ? {} : { max_concurrent_calls: granted }),
  };
  const changed = Object.keys(change).length > 0;

  async function send(event: FormEvent) {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      await api.patch(`/numbers/${encodeURIComponent(number.phone_number)}`, change);
      setDone(true);
      saved();
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }

  const below = (field: NamedField) => {
    const found = number.configuration === undefined ? undefined : inherited(number.configuration, field);
    return {
      placeholder: found === undefined ? undefined : written(found.value),
      description: found === undefined ? t('numbers.nothing.below')
        : texts[field].trim() === '' ? t('numbers.inherits', { layer: t(`layer.${found.from}`) })
          : t('numbers.instead', { value: short(written(found.value)), layer: t(`layer.${found.from}`) }),
    };
  };
  const set = (field: NamedField, text: string) => setTexts((before) => ({ ...before, [field]: text }));

  return (
    <form onSubmit={(event) => void send(event)}>
      <Stack gap="md">
        <TextInput label={t('label')} description={t('label.text')} readOnly={readOnly} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
        <Textarea
          label={t('greeting')} {...below('greeting')} autosize minRows={2} maxRows={8} readOnly={readOnly}
          value={texts.greeting} onChange={(event) => set('greeting', event.currentTarget.value)} />
        <Autocomplete
          label={t('language')} {...below('language')} readOnly={readOnly} data={['en', 'nl', 'it', 'de', 'fr', 'es']} maw={280}
          value={texts.language} onChange={(value) => set('language', value)} />
        <Textarea
          label={t('prompt')} {...below('prompt')} autosize minRows={4} maxRows={20} readOnly={readOnly}
          value={texts.prompt} onChange={(event) => set('prompt', event.currentTarget.value)} />
        <Group gap="md" align="flex-start">
          <NumberInput
            label={t('numbers.limit.own')} description={t('numbers.limit.own.text', { granted: number.max_concurrent_calls })} readOnly={readOnly}
            min={1} max={number.max_concurrent_calls} allowDecimal={false} placeholder={String(number.max_concurrent_calls)} maw={280}
            value={limit ?? ''} onChange={(value) => setLimit(value === '' ? undefined : Number(value))} />
          {may('own-numbers') && (
            <NumberInput
              label={t('numbers.granted')} description={t('numbers.granted.text')} min={1} allowDecimal={false} maw={280}
              value={granted} onChange={(value) => setGranted(value === '' ? number.max_concurrent_calls : Number(value))} />
          )}
        </Group>
        {problem !== undefined && <ProblemBox problem={problem} />}
        {!readOnly && (
          <Group justify="flex-end">
            <Text size="sm" c="dimmed" role="status">{changed ? t('unsaved') : done ? t('saved') : ''}</Text>
            <Button type="submit" loading={sending} disabled={!changed}>{t('save')}</Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function short(text: string): string {
  return text.length > 80 ? text.slice(0, 79) + '…' : text;
}
