import { ActionIcon, AppShell, Burger, Button, Group, Menu, NavLink, ScrollArea, Stack, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ComponentType, ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { LANGUAGE_NAMES, useI18n } from '../i18n/I18n';
import { LANGUAGES, type Key } from '../i18n/texts';
import { IconChart, IconCheck, IconFile, IconHash, IconHistory, IconKey, IconLive, IconMoon, IconPhone, IconRules, IconShield, IconSun, IconTrunk, IconTry, IconUser } from '../parts/icons';
import { useLine } from '../line/LineProvider';
import { useSession } from '../session/Session';
import type { Right } from '../session/rights';
import { Alarms } from './Alarms';
import { Mark } from './Mark';
import classes from './Shell.module.css';

const PLACES: { to: string; also?: string; label: Key; icon: ComponentType; right?: Right }[] = [
  { to: '/live', label: 'nav.live', icon: IconLive },
  { to: '/desk', label: 'nav.desk', icon: IconPhone },
  { to: '/history', also: '/calls', label: 'nav.history', icon: IconHistory },
  { to: '/analytics', label: 'nav.analytics', icon: IconChart, right: 'see-analytics' },
  { to: '/numbers', label: 'nav.numbers', icon: IconHash, right: 'see-numbers' },
  { to: '/rules', label: 'nav.rules', icon: IconRules, right: 'see-rules' },
  { to: '/trunks', label: 'nav.trunks', icon: IconTrunk, right: 'see-trunks' },
  { to: '/explain', label: 'nav.explain', icon: IconTry, right: 'explain' },
  { to: '/directory', label: 'nav.directory', icon: IconFile, right: 'apply-files' },
  { to: '/keys', label: 'nav.keys', icon: IconKey, right: 'make-keys' },
  { to: '/privacy', label: 'nav.privacy', icon: IconShield, right: 'erase-callers' },
];

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const { may, session } = useSession();
  const { pathname } = useLocation();
  const [open, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'md', sm: 'xl' }}>
      <a className="skip" href="#main">{t('skip')}</a>
      <AppShell.Header className={classes.header}>
        <Group gap="xs" wrap="nowrap">
          <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} aria-expanded={open} />
          <Link to="/live" className={classes.brand}><Mark /><span>Trunkline</span></Link>
        </Group>
        <Group gap={4} wrap="nowrap">
          <OnACall />
          <Alarms />
          <SchemeButton />
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('nav.pages')}>
        <ScrollArea flex={1}>
          <Stack gap={2} p="sm">
            {PLACES.filter((place) => place.right === undefined || may(place.right)).map(({ to, also, label, icon: Icon }) => {
              const here = pathname.startsWith(to) || (also !== undefined && pathname.startsWith(also));
              return (
                <NavLink
                  key={to} component={Link} to={to} label={t(label)} leftSection={<Icon />} active={here}
                  aria-current={here ? 'page' : undefined} onClick={close} className={classes.place} />
              );
            })}
          </Stack>
        </ScrollArea>
        <div className={classes.who}>
          <Text size="sm" fw={600} truncate>{session.organisation?.name ?? t('who.suite')}</Text>
          <Text size="xs" c="dimmed" truncate>{session.user} · {t(`role.${session.role}`)}</Text>
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.content}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}

/** Shows the ongoing call while the user looks at another page. */
function OnACall() {
  const { t } = useI18n();
  const { shown } = useLine();
  const { pathname } = useLocation();
  const talking = shown.phase.is === 'entering' || shown.phase.is === 'in' || shown.phase.is === 'lost';
  return talking && pathname !== '/desk'
    ? <Button component={Link} to="/desk" size="compact-sm" leftSection={<IconPhone size={16} />}>{t('desk.oncall')}</Button>
    : null;
}

function SchemeButton() {
  const { t } = useI18n();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      variant="subtle" color="gray" size="lg" className={classes.tool} aria-label={t(dark ? 'scheme.light' : 'scheme.dark')}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
      {dark ? <IconSun /> : <IconMoon />}
    </ActionIcon>
  );
}

function AccountMenu() {
  const { t, language, choose } = useI18n();
  const { session, signOut } = useSession();
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" px="xs" className={classes.tool} leftSection={<IconUser />} aria-label={`${session.user}, ${t('account')}`}>
          <Text span size="sm" visibleFrom="sm">{session.user}</Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="dimmed">{t('language')}</Menu.Label>
        {LANGUAGES.map((one) => (
          <Menu.Item key={one} lang={one} onClick={() => choose(one)} rightSection={one === language ? <IconCheck size={16} /> : undefined}>
            {LANGUAGE_NAMES[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{t('signout')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
