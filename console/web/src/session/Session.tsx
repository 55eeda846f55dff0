import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Api, Problem } from '../api/Api';
import type { Session, SignedOut } from '../api/types';
import { may, type Right } from './rights';

interface Signed {
  api: Api;
  session: Session;
  may: (right: Right) => boolean;
  signOut: () => Promise<void>;
}

type State = { is: 'asking' } | { is: 'out'; ended: boolean } | { is: 'away'; problem: Problem } | { is: 'in'; session: Session };

interface Door {
  state: State;
  api: Api;
  enter: (session: Session) => void;
  ask: () => void;
  signOut: () => Promise<void>;
}

const DoorContext = createContext<Door | undefined>(undefined);

/** Provides the signed-in user. It asks the server once; a 401 to any later request ends the session here too. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ is: 'asking' });
  const api = useMemo(() => new Api(() => setState({ is: 'out', ended: true })), []);

  const enter = useCallback((session: Session) => {
    api.useToken(session.csrf);
    setState({ is: 'in', session });
  }, [api]);

  const ask = useCallback(() => {
    setState({ is: 'asking' });
    api.get<Session>('/session').then(enter, (fault: unknown) => {
      const problem = fault instanceof Problem ? fault : new Problem(0, '', String(fault));
      setState(problem.status === 401 ? { is: 'out', ended: false } : { is: 'away', problem });
    });
  }, [api, enter]);
  useEffect(ask, [ask]);

  const signOut = useCallback(async () => {
    try {
      const ended = await api.delete<SignedOut | undefined>('/session');
      if (ended?.signOutAt !== undefined) {
        // The identity provider still knows the user, and would admit the next person at this browser.
        window.location.assign(ended.signOutAt);
        return;
      }
    } catch {
      // A server that cannot be reached cannot use this session either, so sign out here.
    }
    setState({ is: 'out', ended: false });
  }, [api]);

  const door = useMemo(() => ({ state, api, enter, ask, signOut }), [state, api, enter, ask, signOut]);
  return <DoorContext value={door}>{children}</DoorContext>;
}

export function useDoor(): Door {
  const door = useContext(DoorContext);
  if (door === undefined) {
    throw new Error('useDoor stands outside SessionProvider.');
  }
  return door;
}

/** For pages that exist only while a user is signed in. */
export function useSession(): Signed {
  const { state, api, signOut } = useDoor();
  if (state.is !== 'in') {
    throw new Error('useSession is for pages of somebody who is signed in.');
  }
  return { api, session: state.session, may: (right) => may(state.session.role, right), signOut };
}
