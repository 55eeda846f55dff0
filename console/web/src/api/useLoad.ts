import { useCallback, useEffect, useState } from 'react';
import { Problem } from './Api';

/** What is being asked for: what came last stays while it is asked for again. */
export interface Loaded<T> {
  value?: T;
  problem?: Problem;
  loading: boolean;
  again: () => void;
}

/**
 * Asks when the page comes, when `key` changes, and each `everyMillis` where that is given.
 *
 * @param key all that the question depends on; answers to an earlier key are dropped
 */
export function useLoad<T>(key: string, ask: (signal: AbortSignal) => Promise<T>, everyMillis?: number): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; problem?: Problem; loading: boolean }>({ key, loading: true });
  const [round, setRound] = useState(0);

  useEffect(() => {
    const stop = new AbortController();
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, value: before.value, loading: true }));
    ask(stop.signal).then(
      (value) => !stop.signal.aborted && setState({ key, value, loading: false }),
      (fault: unknown) => {
        if (!stop.signal.aborted) {
          const problem = fault instanceof Problem ? fault : new Problem(0, '', String(fault));
          setState((before) => ({ key, value: before.value, problem, loading: false }));
        }
      });
    return () => stop.abort();
    // `ask` is new at each rendering; the key says when it asks something else.
  }, [key, round]);

  const again = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    if (everyMillis === undefined) {
      return;
    }
    const timer = setInterval(again, everyMillis);
    return () => clearInterval(timer);
  }, [again, everyMillis]);

  return { value: state.value, problem: state.problem, loading: state.loading, again };
}
