import { Center, Container } from '@mantine/core';
import { Suspense, lazy, type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { useI18n } from '../i18n/I18n';
import { LineProvider } from '../line/LineProvider';
import { SignIn } from '../pages/signin/SignIn';
import { Empty, ProblemBox, Waiting } from '../parts/States';
import { useDoor, useSession } from '../session/Session';
import type { Right } from '../session/rights';
import { Shell } from './Shell';

const LivePage = lazy(() => import('../pages/live/LivePage'));
const DeskPage = lazy(() => import('../pages/desk/DeskPage'));
const HistoryPage = lazy(() => import('../pages/history/HistoryPage'));
const CallPage = lazy(() => import('../pages/call/CallPage'));
const NumbersPage = lazy(() => import('../pages/numbers/NumbersPage'));
const NumberPage = lazy(() => import('../pages/numbers/NumberPage'));
const AnalyticsPage = lazy(() => import('../pages/analytics/AnalyticsPage'));
const TrunksPage = lazy(() => import('../pages/trunks/TrunksPage'));
const RulesPage = lazy(() => import('../pages/rules/RulesPage'));
const DirectoryPage = lazy(() => import('../pages/directory/DirectoryPage'));
const KeysPage = lazy(() => import('../pages/keys/KeysPage'));
const PrivacyPage = lazy(() => import('../pages/privacy/PrivacyPage'));
const ExplainPage = lazy(() => import('../pages/explain/ExplainPage'));

export function App() {
  const { state, ask } = useDoor();
  const { pathname, search } = useLocation();
  switch (state.is) {
    case 'asking':
      return <Waiting />;
    case 'away':
      return <Container size="xs" pt={80}><ProblemBox problem={state.problem} again={ask} /></Container>;
    case 'out':
      return pathname === '/signin' ? <SignIn ended={state.ended} /> : <Navigate to={`/signin?to=${encodeURIComponent(pathname + search)}`} replace />;
    case 'in':
      return <Pages />;
  }
}

function Pages() {
  return (
    <LineProvider>
      <Shell>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route path="/" element={<Navigate to="/live" replace />} />
            <Route path="/signin" element={<Entered />} />
            <Route path="/live" element={<LivePage />} />
            <Route path="/desk" element={<DeskPage />} />
            <Route path="/history" element={<HistoryPage />} />
            <Route path="/calls/:id" element={<CallPage />} />
            <Route path="/numbers" element={<For right="see-numbers"><NumbersPage /></For>} />
            <Route path="/numbers/:number" element={<For right="see-numbers"><NumberPage /></For>} />
            <Route path="/analytics" element={<For right="see-analytics"><AnalyticsPage /></For>} />
            <Route path="/trunks" element={<For right="see-trunks"><TrunksPage /></For>} />
            <Route path="/rules" element={<For right="see-rules"><RulesPage /></For>} />
            <Route path="/explain" element={<For right="explain"><ExplainPage /></For>} />
            <Route path="/directory" element={<For right="apply-files"><DirectoryPage /></For>} />
            <Route path="/keys" element={<For right="make-keys"><KeysPage /></For>} />
            <Route path="/privacy" element={<For right="erase-callers"><PrivacyPage /></For>} />
            <Route path="*" element={<Nowhere />} />
          </Routes>
        </Suspense>
      </Shell>
    </LineProvider>
  );
}

/** Goes to the page that was requested before sign-in, but only within the console. */
function Entered() {
  const wanted = new URLSearchParams(useLocation().search).get('to') ?? '/';
  const inside = wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/signin') && !wanted.includes('\\');
  return <Navigate to={inside ? wanted : '/'} replace />;
}

function For({ right, children }: { right: Right; children: ReactNode }) {
  const { may } = useSession();
  const { t } = useI18n();
  return may(right) ? children : <Center><Empty title={t('problem.forbidden')} text={t('problem.forbidden.todo')} /></Center>;
}

function Nowhere() {
  const { t } = useI18n();
  return <Empty title={t('problem.nopage')} text={t('problem.nopage.todo')} />;
}
