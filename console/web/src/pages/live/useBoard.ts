import { useEffect, useReducer, useState } from 'react';
import { Problem, address } from '../../api/Api';
import type { Counts, LiveCall, LivePage } from '../../api/types';
import { useSession } from '../../session/Session';
import { EMPTY, after, type Board, type Told } from './board';

export interface Live {
  board: Board;
  /** `connecting` before the first page, `live`, or `lost` while the browser tries to reconnect to the stream. */
  stream: 'connecting' | 'live' | 'lost';
  /** The reason why there is no page of calls. */
  problem?: Problem;
  again: () => void;
}

/** Delay before the stream is reopened: a browser gives up permanently if the answer is not a stream. */
const REOPEN_MILLIS = 5_000;
/** Longest silence on the stream: the server sends something every 15 s, but on a lost network the browser would wait forever. */
const SILENT_MILLIS = 40_000;

/**
 * Follows the ongoing calls, pushed by the server. Each time the stream opens, the page is requested, and messages that the stream
 * delivers meanwhile are applied on top of it. So nothing is missed between the two.
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
        // The answer was not a stream: the page request tells why.
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
