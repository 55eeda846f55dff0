import type { LocalAudioTrack } from 'livekit-client';
import { Api, Problem } from '../api/Api';
import type { DeskPage, Ticket } from '../api/types';
import { chosen } from './devices';
import { NONE } from './handOver';
import { afterClosing, fate, pause, type Ending, type Phase } from './phases';
import { Stay, type Ears, type Seen } from './Stay';

/** What pages see of the call that a person at the desk has. */
export interface Shown extends Omit<Seen, 'through'> {
  phase: Phase;
}

const IDLE: Shown = { phase: { is: 'idle' }, muted: false, answered: false, held: false, handOver: NONE, back: { is: 'none' }, silenced: false };
/** The call of this window: after a reload it is come back to. Another window has its own. */
const STORED = 'trunkline-desk-call';
const BETWEEN_LOOKS = 2_000;

/**
 * The call that a person at the desk has in this window: taken from the console, talked in LiveKit's room. One at a time. It stays while
 * pages change, finds its way back when the network is lost, and is come back to after a reload.
 */
export class Line {
  private shown: Shown = IDLE;
  private readonly listeners = new Set<() => void>();
  private stay?: Stay;
  private track?: LocalAudioTrack;
  /** Of whoever is asked last: what an earlier one still does counts for nothing. */
  private turn = 0;
  private watch?: ReturnType<typeof setInterval>;
  private looking = false;

  constructor(private readonly api: Api) {}

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): Shown => this.shown;

  private show(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    this.listeners.forEach((listener) => listener());
  }

  /** Comes back to the call of before a reload. */
  resume(): void {
    const callId = sessionStorage.getItem(STORED);
    if (callId !== null && this.shown.phase.is === 'idle') {
      void this.take(callId, true);
    }
  }

  /**
   * Takes a call, or comes back to one of our own. What it fails for is shown.
   *
   * @param resumed nobody pressed a button: that the call is over, or somebody else's, is no news
   */
  async take(callId: string, resumed = false): Promise<void> {
    await this.drop();
    const turn = ++this.turn;
    this.show({ ...IDLE, phase: { is: 'entering', callId } });
    try {
      // The caller waits for nobody who has no microphone.
      const { createLocalAudioTrack } = await import('livekit-client');
      const microphone = chosen('audioinput');
      const track = await createLocalAudioTrack({
        echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(microphone === undefined ? {} : { deviceId: microphone }),
      });
      if (turn !== this.turn) {
        track.stop();
        return;
      }
      this.track = track;
      await this.enter(callId, turn);
      if (turn !== this.turn) {
        return;
      }
      this.watch = setInterval(() => void this.look(callId, turn), BETWEEN_LOOKS);
    } catch (fault) {
      if (turn === this.turn) {
        const problem = asProblem(fault);
        const lost = problem.status === 404 || problem.status === 409;
        const taken = sessionStorage.getItem(STORED) === callId && !lost;
        await this.end(callId, 'failed', problem);
        if (resumed && lost) {
          this.clear();
        }
        if (taken) {
          // Nobody else is to wait for us.
          await this.release(callId);
        }
      }
    }
  }

  private async enter(callId: string, turn: number): Promise<void> {
    const ticket = await this.api.post<Ticket>(`/desk/calls/${callId}/take`);
    sessionStorage.setItem(STORED, callId);
    const stay: Stay = await Stay.prepare(this.track!, this.ears(callId, turn, () => this.stay === stay && turn === this.turn));
    if (turn === this.turn) {
      this.stay = stay;
      await stay.enter(ticket);
    }
  }

  /** @param ours whether the stay is the one that counts */
  private ears(callId: string, turn: number, ours: () => boolean): Ears {
    return {
      changed: ({ through, ...seen }) => ours() && this.show({ ...seen, phase: { is: through ? 'in' : 'lost', callId } }),
      somebodyLeft: () => void (ours() && this.look(callId, turn)),
      handedOver: () => void (ours() && this.leaveTo(callId, 'handed-over')),
      givenBack: () => void (ours() && this.leaveTo(callId, 'given-back')),
      closed: (reason) => void (ours() && this.closed(callId, turn, reason)),
    };
  }

  /** LiveKit closed the connection, and we did not. */
  private async closed(callId: string, turn: number, reason: number | undefined): Promise<void> {
    const next = afterClosing(reason);
    if (next !== 'come-back') {
      await this.end(callId, next);
      return;
    }
    this.show({ phase: { is: 'lost', callId } });
    for (let tries = 1, wait = pause(1); wait !== undefined; wait = pause(++tries)) {
      await new Promise((done) => setTimeout(done, wait));
      if (turn !== this.turn) {
        return;
      }
      try {
        void this.stay?.leave();
        this.stay = undefined;
        await this.enter(callId, turn);
        return;
      } catch (fault) {
        const problem = asProblem(fault);
        if (problem.status === 404 || problem.status === 409) {
          await this.end(callId, problem.status === 404 ? 'ended' : 'taken', problem);
          return;
        }
      }
    }
    await this.end(callId, 'failed', new Problem(0, '', ''));
  }

  /** Whether the call goes on and is ours: a caller who has left the room may be on the way back by another relay. */
  private async look(callId: string, turn: number): Promise<void> {
    if (this.looking) {
      // One that is on a lost network is enough: a browser has few connections.
      return;
    }
    this.looking = true;
    try {
      const now = fate(await this.api.get<DeskPage>('/desk'), callId);
      if (turn === this.turn && now !== 'ours') {
        await this.end(callId, now === 'gone' ? 'ended' : 'taken');
      }
    } catch {
      // The console is away, the call is not.
    } finally {
      this.looking = false;
    }
  }

  /** Ends the call for both. */
  async hangUp(): Promise<void> {
    const callId = this.callId();
    if (callId !== undefined) {
      try {
        await this.api.post(`/calls/${callId}/end`);
      } catch (fault) {
        const problem = asProblem(fault);
        if (problem.status !== 404) {
          throw problem;
        }
      }
      await this.end(callId, 'hung-up');
    }
  }

  /** Leaves the caller, for the next one. */
  async letGo(): Promise<void> {
    const callId = this.callId();
    if (callId !== undefined) {
      await this.leaveTo(callId, 'let-go');
    }
  }

  private async leaveTo(callId: string, why: Ending): Promise<void> {
    await this.end(callId, why);
    await this.release(callId);
  }

  private async release(callId: string): Promise<void> {
    // What cannot be told now lapses by itself.
    await this.api.delete(`/desk/calls/${callId}/take`).catch(() => undefined);
  }

  /** What is done in the room; nothing where there is none. */
  get room(): Stay | undefined {
    return this.stay;
  }

  /** Clears what is over away. */
  clear(): void {
    if (this.shown.phase.is === 'over') {
      this.show(IDLE);
    }
  }

  /** The window or the session is closed. The call stays taken, and is come back to. */
  async close(): Promise<void> {
    this.show(IDLE);
    await this.drop();
  }

  private callId(): string | undefined {
    const phase = this.shown.phase;
    return phase.is === 'idle' || phase.is === 'over' ? undefined : phase.callId;
  }

  private async end(callId: string, why: Ending, problem?: Problem): Promise<void> {
    sessionStorage.removeItem(STORED);
    const dropped = this.drop();
    this.show({ ...IDLE, phase: { is: 'over', callId, why, problem } });
    await dropped;
  }

  private async drop(): Promise<void> {
    this.turn++;
    clearInterval(this.watch);
    const { stay, track } = this;
    this.stay = undefined;
    this.track = undefined;
    track?.stop();
    await stay?.leave();
  }
}

function asProblem(fault: unknown): Problem {
  return fault instanceof Problem ? fault : new Problem(-1, '', fault instanceof Error ? fault.message : String(fault));
}
