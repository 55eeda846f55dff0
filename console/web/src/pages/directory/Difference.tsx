import { Button, Center, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../i18n/I18n';
import { DataTable, type Column } from '../../parts/DataTable';
import { Worded, type Tone } from '../../parts/Marks';
import { changed, says, shown, type Change, type Changed, type FieldChange, type Report } from './changes';
import classes from './directory.module.css';

/** Number of items shown at first; a button shows more. */
const SHOWN = 50;
const TONES: Record<Change, Tone> = { created: 'good', updated: 'accent', removed: 'poor' };

/** Changes made by a file, item by item: before and after. */
export function Difference({ report }: { report: Report }) {
  const { t, format } = useI18n();
  const [most, setMost] = useState(SHOWN);
  const items = changed(report);
  const counts = Object.fromEntries(
    (['created', 'updated', 'removed', 'unchanged'] as const).map((change) => [change, format.count(report[change])]));
  return (
    <Stack gap="md">
      <Text size="sm" fw={600} role="status">{t('directory.counts', counts)}</Text>
      {report.warnings.length > 0 && (
        <div>
          <Text size="sm" fw={600}>{t('directory.warnings')}</Text>
          <List size="sm">
            {report.warnings.map(({ path, problem }) => (
              <List.Item key={path + problem}>{path !== '' && <Text span size="sm" fw={600}>{path}: </Text>}{problem}</List.Item>
            ))}
          </List>
        </div>
      )}
      {items.length > 0 && (
        <ul className={classes.items}>
          {items.slice(0, most).map((item) => <li key={`${item.kind} ${item.name}`}><One item={item} /></li>)}
        </ul>
      )}
      {items.length > most && <Center><Button variant="default" onClick={() => setMost(most + SHOWN)}>{t('more')}</Button></Center>}
    </Stack>
  );
}

function One({ item }: { item: Changed }) {
  const { t, tOr } = useI18n();
  const kind = tOr(`directory.kind.${item.kind}`, item.kind);
  const fields = item.change === 'updated' ? item.fields : item.fields.filter(says);
  const value = (json: FieldChange['before']) => <span className={classes.value}>{shown(json)}</span>;
  const columns: (Column<FieldChange> | false)[] = [
    { key: 'field', label: t('directory.field'), show: (field) => <Text span size="sm" c="dimmed">{field.field}</Text> },
    item.change !== 'created' && { key: 'before', label: t('directory.before'), show: (field) => value(field.before) },
    item.change !== 'removed' && { key: 'after', label: t('directory.after'), show: (field) => value(field.after) },
  ];
  return (
    <>
      <div className={classes.item}>
        <Worded tone={TONES[item.change]}>{t(`directory.change.${item.change}`)}</Worded>
        <Text span size="sm" fw={600} className={classes.value}>{kind} {item.name}</Text>
      </div>
      {fields.length > 0 && (
        <DataTable caption={`${kind} ${item.name}`} columns={columns.filter((column) => column !== false)} rows={fields} keyOf={(field) => field.field} />
      )}
    </>
  );
}
