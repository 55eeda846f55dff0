import { Text } from '@mantine/core';
import type { NumberEvent } from '../../api/types';
import { itemsOf } from '../../api/Api';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import { written } from './config';
import classes from './numbers.module.css';

const LONGEST = 120;

/** History of a number, the latest change first. @param again a new value triggers a new request */
export function Changes({ number, again }: { number: string; again: unknown }) {
  const { t, tOr, format } = useI18n();
  const { api } = useSession();
  const path = `/numbers/${encodeURIComponent(number)}/history`;
  const events = useLoad(path + JSON.stringify(again), async (signal) => itemsOf<NumberEvent>(await api.get(path, { limit: 50 }, signal), 'events'));
  const value = (json: Parameters<typeof written>[0]) => {
    const text = written(json);
    return text === '' ? t('nothing') : text.length > LONGEST ? text.slice(0, LONGEST - 1) + '…' : text;
  };
  return (
    <Show of={events} rows={3}>
      {(found) => found.length === 0 ? <Text size="sm" c="dimmed">{t('numbers.history.empty')}</Text> : (
        <ol className={classes.changes}>
          {found.map((event) => (
            <li key={event.id}>
              <Text size="sm" fw={600}>
                {tOr(`what.${event.what}`, event.what)}
                {event.to !== undefined && event.what !== 'changed' && ` · ${event.from === undefined ? '' : event.from + ' → '}${event.to}`}
              </Text>
              <Text size="xs" c="dimmed">
                {format.dateTime(event.at)}{event.by !== undefined && ` · ${event.by}`}{event.via !== undefined && ` · ${tOr(`via.${event.via}`, event.via)}`}
              </Text>
              {event.fields?.map((field) => (
                <Text key={field.field} size="sm" className={classes.value} mt={2}>
                  <Text span size="sm" c="dimmed">{field.field}: </Text>
                  <del className={classes.before}>{value(field.before)}</del> → {value(field.after)}
                </Text>
              ))}
            </li>
          ))}
        </ol>
      )}
    </Show>
  );
}
