import { useCallback, useEffect, useState } from 'react';
import { Problem } from './Api';

/** State of a request. The last value stays while a new request is under way. */
export interface Loaded<T> {
  value?: T;
  problem?: Problem;
  loading: boolean;
  again: () => void;
}

/**
 * Sends a request when the page appears, when `key` changes, and every `everyMillis` if that is given.
 *
 * @param key everything that the request depends on; answers for an earlier key are dropped
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
    // `ask` is a new function at each rendering; only a new key means a different request.
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
