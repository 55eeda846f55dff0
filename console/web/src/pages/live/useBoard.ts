import { useEffect, useReducer, useState } from 'react';
import { Problem, address } from '../../api/Api';
import type { Counts, LiveCall, LivePage } from '../../api/types';
import { useSession } from '../../session/Session';
import { EMPTY, after, type Board, type Told } from './board';

export interface Live {
  board: Board;
  /** `connecting` before the first page, `live`, or `lost` while the browser tries to reach the stream again. */
  stream: 'connecting' | 'live' | 'lost';
  /** Why there is no page of calls. */
  problem?: Problem;
  again: () => void;
}

/** Past so long without the stream it is opened anew: a browser gives up for good where an answer is no stream. */
const REOPEN_MILLIS = 5_000;
/** The server says something each 15 s. A network that is lost says nothing at all, and the browser waits for ever. */
const SILENT_MILLIS = 40_000;

/**
 * The calls of this moment, pushed by the server. Each time the stream opens the page is asked for, and what the stream tells
 * meanwhile is laid over it, so that nothing is missed between the two.
 */
export function useBoard(): Live {
  const { api } = useSession();
  const [board, tell] = useReducer(after, EMPTY);
  const [stream, setStream] = useState<Live['stream']>('connecting');
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);

  useEffect(() => {
    const source = new EventSource(address('/live/stream'));
    let waiting: Told[] | undefined = [];
    let ask = new AbortController();
    let reopen: ReturnType<typeof setTimeout> | undefined;
    let silent: ReturnType<typeof setTimeout> | undefined;
    const afresh = () => setRound((count) => count + 1);
    const heard = () => {
      clearTimeout(silent);
      silent = setTimeout(() => {
        setStream('lost');
        afresh();
      }, SILENT_MILLIS);
    };
    const lose = () => {
      source.close();
      setStream('lost');
    };
    heard();
    window.addEventListener('offline', lose);
    window.addEventListener('online', afresh);

    const hear = (told: Told) => (waiting === undefined ? tell(told) : waiting.push(told));
    const on = <T,>(name: string, read: (data: T) => Told) =>
      source.addEventListener(name, (event) => {
        heard();
        hear(read(JSON.parse((event as MessageEvent<string>).data) as T));
      });
    on<LiveCall>('call', (call) => ({ is: 'call', call }));
    on<{ callId: string }>('gone', ({ callId }) => ({ is: 'gone', callId }));
    on<Counts>('counts', (counts) => ({ is: 'counts', counts }));

    source.addEventListener('beat', heard);

    source.onopen = () => {
      heard();
      waiting = [];
      ask.abort();
      ask = new AbortController();
      api.get<LivePage>('/live', {}, ask.signal).then(
        (page) => {
          tell({ is: 'page', page });
          waiting?.forEach(tell);
          waiting = undefined;
          setProblem(undefined);
          setStream('live');
        },
        (fault: unknown) => {
          if (fault instanceof Problem) {
            setProblem(fault);
            reopen = setTimeout(afresh, REOPEN_MILLIS);
          }
        });
    };
    source.onerror = () => {
      setStream('lost');
      if (source.readyState === EventSource.CLOSED) {
        // What it answered is no stream: the page says why.
        api.get<LivePage>('/live', {}, ask.signal).then(
          (page) => tell({ is: 'page', page }),
          (fault: unknown) => fault instanceof Problem && setProblem(fault));
        clearTimeout(reopen);
        reopen = setTimeout(afresh, REOPEN_MILLIS);
      }
    };
    return () => {
      source.close();
      ask.abort();
      clearTimeout(reopen);
      clearTimeout(silent);
      window.removeEventListener('offline', lose);
      window.removeEventListener('online', afresh);
    };
  }, [api, round]);

  return { board, stream, problem, again: () => setRound((count) => count + 1) };
}
