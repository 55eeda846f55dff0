import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { address } from '../../api/Api';
import type { Rung } from '../../api/types';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Panel } from '../../parts/Panel';
import { Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import classes from './call.module.css';
import { placed } from './rungs';
import { since } from './timeline';

/** The SIP messages of a call, with the other sides on the left and the edge on the right. Each opens to show its text. */
export function Ladder({ id, every }: { id: string; every: number | undefined }) {
  const { t } = useI18n();
  const { api } = useSession();
  const path = `/calls/${encodeURIComponent(id)}/messages`;
  const found = useLoad(`messages ${id}`, (signal) => api.get<{ messages: Rung[] }>(path, {}, signal), every);
  const messages = found.value?.messages ?? [];
  const actions = messages.length > 0 && (
    <Group gap={6}>
      <CopyButton value={messages.map((one) => one.text).join('\n')}>
        {({ copied, copy }) => <Button size="compact-xs" variant="default" onClick={copy} aria-live="polite">{t(copied ? 'copied' : 'copy')}</Button>}
      </CopyButton>
      <Button component="a" href={address(`${path}/text`)} download size="compact-xs" variant="default">{t('call.ladder.text')}</Button>
      <Button component="a" href={address(`${path}/pcap`)} download size="compact-xs" variant="default">{t('call.ladder.pcap')}</Button>
    </Group>
  );
  return (
    <Panel title={t('call.ladder')} aside={actions || undefined}>
      <Show of={found} rows={3}>
        {(page) => page.messages.length === 0
          ? <Text size="sm" c="dimmed">{t('call.ladder.empty')}</Text>
          : (
            <Stack gap={2}>
              {placed(page.messages).map(({ rung, sinceMillis }, index) => (
                <details key={index} className={classes.rung}>
                  <summary>
                    <span className={classes.since}>{since(sinceMillis)}</span>
                    <span className={classes.side}>{rung.sent ? rung.to : rung.from}</span>
                    <span className={classes.arrow} data-sent={rung.sent}>
                      <Text span size="sm" fw={600}>{rung.what}</Text>{rung.about !== undefined && <Text span size="xs" c="dimmed"> {rung.about}</Text>}
                    </span>
                    <span className={classes.side}>{rung.edge}</span>
                  </summary>
                  <pre className={classes.message} tabIndex={0}>{rung.text}{rung.cut && `\n${t('call.ladder.cut')}`}</pre>
                </details>
              ))}
            </Stack>
          )}
      </Show>
    </Panel>
  );
}
