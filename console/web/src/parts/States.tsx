import { Button, Center, Group, List, Loader, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Problem } from '../api/Api';
import type { Loaded } from '../api/useLoad';
import { useI18n } from '../i18n/I18n';
import { IconAlert } from './icons';
import classes from './parts.module.css';

/** Shown when there is nothing: what that means, and what the user can do. */
export function Empty({ icon, title, text, action }: { icon?: ReactNode; title: string; text: string; action?: ReactNode }) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap={6} maw={440}>
        {icon !== undefined && <span className={classes.emptyIcon}>{icon}</span>}
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" ta="center" size="sm">{text}</Text>
        {action !== undefined && <Group mt="sm">{action}</Group>}
      </Stack>
    </Center>
  );
}

/** Returns a problem's text, in the reader's language if the server gives only a status. */
export function useProblemText(): (problem: Problem) => { title: string; detail: string } {
  const { t } = useI18n();
  return (problem) => {
    if (problem.status === 0) {
      return { title: t('problem.away'), detail: t('problem.away.todo') };
    }
    const known = problem.status === 401 || problem.status === 429 ? t('signin.failed')
      : problem.status === 403 ? t('problem.forbidden') : problem.status === 404 ? t('problem.unknown')
      : problem.status >= 500 ? t('problem.server') : t('problem.refused');
    return { title: known, detail: problem.detail || t('problem.status', { status: problem.status }) };
  };
}

/** Shown when something went wrong: what happened, what to do, and a button to retry. */
export function ProblemBox({ problem, again }: { problem: Problem; again?: () => void }) {
  const { t } = useI18n();
  const { title, detail } = useProblemText()(problem);
  return (
    <div role="alert" className={classes.problem}>
      <span className={classes.problemIcon}><IconAlert size={20} /></span>
      <Stack gap={4} flex={1}>
        <Text fw={600} size="sm">{title}</Text>
        <Text size="sm">{detail}</Text>
        {problem.faults.length > 0 && (
          <List size="sm">{problem.faults.map((fault) => <List.Item key={fault}>{fault}</List.Item>)}</List>
        )}
      </Stack>
      {again !== undefined && <Button variant="default" size="xs" onClick={again}>{t('again')}</Button>}
    </div>
  );
}

/** Shows loading, failure or the value. The last value stays visible during the next request, even if that fails. */
export function Show<T>({ of, rows = 6, children }: { of: Loaded<T>; rows?: number; children: (value: T) => ReactNode }) {
  const { t } = useI18n();
  if (of.value === undefined) {
    return of.problem !== undefined && !of.loading
      ? <ProblemBox problem={of.problem} again={of.again} />
      : (
        <Stack gap="sm" aria-busy="true">
          <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
          {Array.from({ length: rows }, (_, row) => <Skeleton key={row} height={22} radius="sm" width={`${95 - (row % 3) * 12}%`} />)}
        </Stack>
      );
  }
  return (
    <>
      {of.problem !== undefined && <ProblemBox problem={of.problem} again={of.again} />}
      {children(of.value)}
    </>
  );
}

export function Waiting() {
  const { t } = useI18n();
  return <Center py={80}><Loader aria-label={t('loading')} /></Center>;
}
