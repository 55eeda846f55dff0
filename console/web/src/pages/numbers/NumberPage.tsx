import { Button, Grid, Group, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import type { PhoneNumber } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { IconBack } from '../../parts/icons';
import { Worded } from '../../parts/Marks';
import { Facts, Page, Panel } from '../../parts/Panel';
import { Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import { Ownership } from './Ownership';
import { Changes } from './Changes';
import { lines, written, type Layer } from './config';
import { NumberForm } from './NumberForm';
import classes from './numbers.module.css';
import { OnOff } from './NumbersPage';

export default function NumberPage() {
  const { number = '' } = useParams();
  return <OneNumber key={number} number={number} />;
}

function OneNumber({ number }: { number: string }) {
  const { t } = useI18n();
  const { api, may } = useSession();
  const path = `/numbers/${encodeURIComponent(number)}`;
  const found = useLoad(path, (signal) => api.get<PhoneNumber>(path, {}, signal));
  return (
    <Page
      title={number} text={found.value?.label}
      actions={(
        <>
          <Button component={Link} to={`/history?number=${encodeURIComponent(number)}`} variant="default">{t('numbers.past')}</Button>
          <Button component={Link} to="/numbers" variant="default" leftSection={<IconBack />}>{t('nav.numbers')}</Button>
        </>
      )}>
      <Show of={found}>
        {(one) => (
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, md: 7 }}>
              <Stack gap="lg">
                <Panel title={t('numbers.own')}>
                  <NumberForm key={JSON.stringify([one.label, one.config_override, one.own_concurrent_calls, one.max_concurrent_calls])} number={one} saved={found.again} />
                </Panel>
                <Panel title={t('numbers.history')}><Changes number={number} again={found.value} /></Panel>
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 5 }}>
              <Stack gap="lg">
                <Panel title={t('status')}>
                  <Stack gap="md">
                    <Group justify="space-between">
                      <OnOff number={one} changed={found.again} />
                      <Text size="sm" c="dimmed">{t(one.active ? 'numbers.on.text' : 'numbers.off.text')}</Text>
                    </Group>
                    <Facts of={[
                      [t('numbers.calls'), one.calls],
                      [t('numbers.granted'), one.max_concurrent_calls],
                      [t('numbers.rate'), one.caller_rate && t('numbers.rate.of', { calls: one.caller_rate.calls, seconds: one.caller_rate.window_seconds })],
                      [t('numbers.instance'), one.agent_instance],
                      [t('organisation'), one.organisation],
                    ]} />
                  </Stack>
                </Panel>
                {one.configuration !== undefined && (
                  <Panel title={t('numbers.gets')}>
                    <Text size="sm" c="dimmed" mb="sm">{t('numbers.gets.text')}</Text>
                    <Gets number={one} />
                  </Panel>
                )}
                {may('own-numbers') && <Panel title={t('numbers.owner')}><Ownership number={one} changed={found.again} /></Panel>}
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </Show>
    </Page>
  );
}

/** The configuration that the agent of the next call gets, and the origin of each field. */
function Gets({ number }: { number: PhoneNumber }) {
  const { t } = useI18n();
  const all = lines(number.configuration!, number.config_override);
  if (all.length === 0) {
    return <Text size="sm" c="dimmed">{t('numbers.gets.nothing')}</Text>;
  }
  const whose = (from: Layer) => t(`layer.${from}`);
  return (
    <dl className={classes.gets}>
      {all.map((line) => (
        <div key={line.field} className={classes.line}>
          <dt>
            <Text span size="sm" fw={600}>{line.field}</Text>
            <Text span size="xs" c="dimmed"><Worded tone={line.from === 'own' ? 'accent' : 'quiet'}>{whose(line.from)}</Worded></Text>
          </dt>
          <dd>
            <Text size="sm" className={classes.value}>{written(line.value)}</Text>
            {line.below !== undefined && (
              <Text size="xs" c="dimmed" className={classes.value}>{t('numbers.instead', { value: written(line.below.value), layer: whose(line.below.from) })}</Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
