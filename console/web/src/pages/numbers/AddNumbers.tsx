import { Button, Group, List, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Problem, itemsOf } from '../../api/Api';
import type { Organisation } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { DataTable } from '../../parts/DataTable';
import { ProblemBox } from '../../parts/States';
import { useSession } from '../../session/Session';
import { pasted, type PastedNumber } from './paste';

/** Number of numbers shown in the preview; all of them are added. */
const SHOWN = 8;

/** Adds one or many numbers, pasted or typed. They are previewed first, and either all or none are added. */
export function AddNumbers({ close, added }: { close: () => void; added: () => void }) {
  const { t } = useI18n();
  const { api } = useSession();
  const [text, setText] = useState('');
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const [warnings, setWarnings] = useState<string[]>();
  const [sending, setSending] = useState(false);
  const list = useLoad('organisations', async (signal) => itemsOf<Organisation>(await api.get('/organisations', {}, signal), 'organisations'));
  const { numbers, faults } = pasted(text);
  const rows: PastedNumber[] = numbers.map((one) => ({ ...(organisation === null ? {} : { organisation }), ...one }));

  async function send() {
    setSending(true);
    setProblem(undefined);
    try {
      const answer = await api.post<{ warnings?: { path?: string; message?: string }[] }>('/numbers', { numbers: rows });
      added();
      const told = (answer?.warnings ?? []).map((warning) => Object.values(warning).join(': '));
      if (told.length === 0) {
        close();
      } else {
        setWarnings(told);
      }
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setSending(false);
    }
  }

  return (
    <Modal opened onClose={close} size="lg" title={t('numbers.add')} closeButtonProps={{ 'aria-label': t('close') }}>
      {warnings !== undefined
        ? (
          <Stack>
            <Text fw={600}>{t('add.warnings')}</Text>
            <List size="sm">{warnings.map((warning) => <List.Item key={warning}>{warning}</List.Item>)}</List>
            <Group justify="flex-end"><Button onClick={close}>{t('close')}</Button></Group>
          </Stack>
        )
        : (
          <Stack>
            <Textarea
              label={t('add.paste')} description={t('add.form')} placeholder={'+32 2 555 01 00; Orders; bakery; 5'} autosize minRows={4} maxRows={10}
              data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Select
              label={t('add.organisation')} description={t('add.organisation.text')} placeholder={t('numbers.free')} clearable searchable
              clearButtonProps={{ 'aria-label': t('clear') }} data={(list.value ?? []).map((one) => ({ value: one.name, label: one.label || one.name }))}
              value={organisation} onChange={setOrganisation} />
            {faults.length > 0 && (
              <div role="alert">
                <Text size="sm" fw={600} c="var(--poor)">{t('add.faults')}</Text>
                <List size="sm">
                  {faults.map((fault) => (
                    <List.Item key={fault.line}>{t('add.line', { line: fault.line, text: fault.text.slice(0, 60), why: t(`add.why.${fault.why}`) })}</List.Item>
                  ))}
                </List>
              </div>
            )}
            {rows.length > 0 && (
              <DataTable
                caption={t('numbers.add')} rows={rows.slice(0, SHOWN)} keyOf={(one) => one.phone_number}
                columns={[
                  { key: 'number', label: t('number'), show: (one) => one.phone_number },
                  { key: 'label', label: t('label'), show: (one) => one.label },
                  { key: 'organisation', label: t('organisation'), show: (one) => one.organisation ?? t('numbers.free') },
                  { key: 'limit', label: t('limit'), end: true, show: (one) => one.max_concurrent_calls ?? 1 },
                ]} />
            )}
            {rows.length > SHOWN && <Text size="sm" c="dimmed">{t('add.more', { count: rows.length - SHOWN })}</Text>}
            {problem !== undefined && <ProblemBox problem={problem} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>{t('cancel')}</Button>
              <Button loading={sending} disabled={rows.length === 0 || faults.length > 0} onClick={() => void send()}>
                {t('add.yes', { count: rows.length })}
              </Button>
            </Group>
          </Stack>
        )}
    </Modal>
  );
}
