import { Button, FileButton, Group, List, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Problem, address } from '../../api/Api';
import { useLoad } from '../../api/useLoad';
import { useI18n } from '../../i18n/I18n';
import { Action } from '../../parts/Action';
import { IconCheck, IconDownload, IconUpload } from '../../parts/icons';
import { Page, Panel } from '../../parts/Panel';
import { Empty, ProblemBox, Show } from '../../parts/States';
import { useSession } from '../../session/Session';
import type { Report } from './changes';
import { Difference } from './Difference';
import classes from './directory.module.css';

const FILE = '/directory/file';
const APPLY = '/directory/apply';
/** Largest file that the server accepts. */
const MOST_MEGABYTES = 4;

/** The directory as a file: download, edit, dry run and apply. */
export default function DirectoryPage() {
  const { t } = useI18n();
  const { api } = useSession();
  const there = useLoad('directory', (signal) => api.getFile(FILE, 'application/yaml', signal));
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState<Problem>();
  const [trying, setTrying] = useState(false);
  const [asked, setAsked] = useState(false);
  /** Resets the file field, so that the same file can be chosen again after a correction. */
  const forget = useRef<() => void>(null);

  /** Drops the shown changes, because they belong to another file now. */
  function edit(file: string) {
    setText(file);
    setReport(undefined);
    setProblem(undefined);
  }
  useEffect(() => {
    if (there.value !== undefined) {
      edit(there.value);
    }
  }, [there.value]);

  async function upload(file: File | null) {
    if (file === null) {
      return;
    }
    forget.current?.();
    edit('');
    if (file.size > MOST_MEGABYTES * 1_000_000) {
      setProblem(new Problem(413, '', t('directory.large', { size: MOST_MEGABYTES })));
    } else {
      setText(await file.text());
    }
  }

  async function look() {
    setTrying(true);
    setProblem(undefined);
    setReport(undefined);
    try {
      setReport(await api.postFile<Report>(APPLY, { dry_run: true, whole }, text));
    } catch (fault) {
      setProblem(fault instanceof Problem ? fault : new Problem(0, '', String(fault)));
    } finally {
      setTrying(false);
    }
  }

  async function apply(seen: Report) {
    setReport(await api.postFile<Report>(APPLY, { whole, changes: seen.changes }, text));
  }

  return (
    <Page
      title={t('nav.directory')} text={t('directory.text')}
      actions={<Button component="a" href={address(FILE)} download="directory.yaml" variant="default" leftSection={<IconDownload />}>{t('directory.download')}</Button>}>
      <Panel title={t('directory.title')}>
        <Show of={there}>
          {() => (
            <Stack>
              <Textarea
                label={t('directory.file')} description={t('directory.file.text')} className={classes.file} rows={18} spellCheck={false} value={text}
                onChange={(event) => edit(event.currentTarget.value)} />
              <Switch
                label={t('directory.whole')} description={t('directory.whole.text')} checked={whole}
                onChange={(event) => { setWhole(event.currentTarget.checked); setReport(undefined); }} />
              <Group gap="xs">
                <Button loading={trying} disabled={text.trim() === ''} onClick={() => void look()}>{t('directory.see')}</Button>
                <FileButton resetRef={forget} accept=".yaml,.yml,.json" onChange={(file) => void upload(file)}>
                  {(props) => <Button {...props} variant="default" leftSection={<IconUpload />}>{t('directory.upload')}</Button>}
                </FileButton>
                <Button variant="default" onClick={() => { edit(there.value ?? ''); there.again(); }}>{t('directory.reset')}</Button>
              </Group>
              {problem !== undefined && <Faults problem={problem} />}
            </Stack>
          )}
        </Show>
      </Panel>
      {report !== undefined && <Seen report={report} ask={() => setAsked(true)} />}
      {asked && report !== undefined && (
        <Action
          opened close={() => setAsked(false)} title={t('directory.apply')} yes={t('directory.apply')} danger={report.removed > 0}
          text={[t('directory.apply.sure'), ...(report.removed > 0 ? [t('directory.apply.removes', { removed: report.removed })] : [])].join(' ')}
          act={() => apply(report)} />
      )}
    </Page>
  );
}

/** Errors in the file, with what to write instead. */
function Faults({ problem }: { problem: Problem }) {
  const { t } = useI18n();
  return problem.faults.length === 0 ? <ProblemBox problem={problem} /> : (
    <div role="alert">
      <Text size="sm" fw={600} c="var(--poor)">{t('directory.faults')}</Text>
      <List size="sm">{problem.faults.map((fault) => <List.Item key={fault}>{fault}</List.Item>)}</List>
    </div>
  );
}

/** Changes that a file would make, or has made. */
function Seen({ report, ask }: { report: Report; ask: () => void }) {
  const { t } = useI18n();
  const changes = report.created + report.updated + report.removed;
  if (changes === 0 && report.warnings.length === 0) {
    return <Panel><Empty icon={<IconCheck size={26} />} title={t('directory.none')} text={t('directory.none.text')} /></Panel>;
  }
  return (
    <Panel
      title={t(report.dry_run ? 'directory.would' : 'directory.done')}
      aside={report.dry_run && changes > 0 && <Button size="xs" onClick={ask}>{t('directory.apply')}</Button>}>
      <Difference report={report} />
    </Panel>
  );
}
