import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useSession } from '../session/Session';
import { Line, type Shown } from './Line';

const Context = createContext<Line | undefined>(undefined);

/** Provides the user's call to all pages: it continues while the user looks at another page. */
export function LineProvider({ children }: { children: ReactNode }) {
  const { api, may } = useSession();
  const line = useMemo(() => new Line(api), [api]);
  const takes = may('take-calls');
  useEffect(() => {
    if (takes) {
      line.resume();
    }
    return () => void line.close();
  }, [line, takes]);
  return <Context value={line}>{children}</Context>;
}

export function useLine(): { line: Line; shown: Shown } {
  const line = useContext(Context);
  if (line === undefined) {
    throw new Error('useLine stands outside LineProvider.');
  }
  return { line, shown: useSyncExternalStore(line.subscribe, line.now) };
}
