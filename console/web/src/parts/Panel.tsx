import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './parts.module.css';

/** A page with its title (also of the browser's tab), its purpose and its actions. */
export function Page({ title, text, actions, children }: { title: string; text?: string; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Trunkline`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1}>{title}</Title>
          {text !== undefined && <Text c="dimmed" size="sm" mt={2}>{text}</Text>}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

/** A section of a page with a heading; `flush` for a table that spans its full width. */
export function Panel({ title, aside, flush = false, children }: {
  title?: string; aside?: ReactNode; flush?: boolean; children: ReactNode;
}) {
  return (
    <section className={`${classes.panel} ${flush ? classes.flush : ''}`} aria-label={title}>
      {title !== undefined && (
        <div className={classes.panelHead}>
          <Title order={2}>{title}</Title>
          {aside !== undefined && <Text component="div" size="sm" c="dimmed">{aside}</Text>}
        </div>
      )}
      {children}
    </section>
  );
}

/** One figure with its label. */
export function Tile({ label, value, text, children }: { label: string; value: ReactNode; text?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.tile}>
      <Text size="sm" c="dimmed" truncate>{label}</Text>
      <div className={classes.tileValue}>{value}</div>
      {text !== undefined && <Text component="div" size="xs" c="dimmed">{text}</Text>}
      {children}
    </div>
  );
}

/** Facts with their names. Facts without a value are omitted. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {of.filter(([, value]) => value !== undefined && value !== '' && value !== null).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
