import { Button, Text } from '@mantine/core';
import { Link } from 'react-router';
import { itemsOf } from '../../api/Api';
import type { Rule } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { DataTable, type Column } from '../../parts/DataTable';
import { IconRules } from '../../parts/icons';
import { Page, Panel } from '../../parts/Panel';
import { Empty, Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import { inOrder, namesTrunk, target } from './order';

export default function RulesPage() {
  const { t } = useI18n();
  const { api, may } = useSession();
  const rules = useLoad('rules', async (signal) => inOrder(itemsOf<Rule>(await api.get('/rules', {}, signal), 'rules')));
  return (
    <Page
      title={t('nav.rules')} text={t('rules.text')}
      actions={may('explain') && <Button component={Link} to="/explain" variant="default">{t('nav.explain')}</Button>}>
      <Panel flush={rules.value !== undefined}>
        <Show of={rules}>
          {(found) => found.length === 0
            ? <Empty icon={<IconRules size={26} />} title={t('rules.empty')} text={t('rules.empty.text')} />
            : <Rules rules={found} />}
        </Show>
      </Panel>
    </Page>
  );
}

function Rules({ rules }: { rules: Rule[] }) {
  const { t, tOr, format } = useI18n();
  const { may } = useSession();
  const some = (texts: string[] | undefined) => (texts === undefined || texts.length === 0
    ? <Text span size="sm" c="dimmed">{t('any')}</Text>
    : texts.length > 3 ? `${texts.slice(0, 3).join(', ')} ${t('rules.and', { count: texts.length - 3 })}` : texts.join(', '));
  const columns: (Column<Rule> | false)[] = [
    { key: 'order', label: '#', end: false, show: (rule) => <Text span size="sm" c="dimmed">{format.count(rules.indexOf(rule) + 1)}</Text> },
    { key: 'name', label: t('rule'), show: (rule) => <Text span size="sm" fw={600}>{rule.name}</Text> },
    may('see-organisations') && { key: 'organisation', label: t('organisation'), show: (rule) => rule.organisation ?? <Text span size="sm" c="dimmed">{t('any')}</Text> },
    { key: 'trunks', label: t('rules.trunks'), show: (rule) => (namesTrunk(rule) ? some(rule.trunks) : t('rules.wildcard')) },
    { key: 'numbers', label: t('nav.numbers'), show: (rule) => some(rule.numbers) },
    { key: 'callers', label: t('rules.callers'), show: (rule) => some(rule.inbound_numbers) },
    {
      key: 'to', label: t('rules.to'),
      show: (rule) => <span>{tOr(`type.${rule.type}`, rule.type)} <Text span size="sm" c="dimmed">{target(rule)}</Text></span>,
    },
    { key: 'agents', label: t('agent'), show: (rule) => rule.agents?.map((agent) => agent.name).join(', ') },
    { key: 'priority', label: t('rules.priority'), end: true, show: (rule) => rule.priority ?? 0 },
  ];
  return <DataTable caption={t('nav.rules')} columns={columns.filter((column) => column !== false)} rows={rules} keyOf={(rule) => rule.name} />;
}
