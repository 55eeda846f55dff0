import type { LocalAudioTrack } from 'livekit-client';
import { Api, Problem } from '../api/Api';
import type { DeskPage, Ticket } from '../api/types';
import { chosen } from './devices';
import { NONE } from './handOver';
import { afterClosing, fate, pause, type Ending, type Phase } from './phases';
import { Stay, type Ears, type Seen } from './Stay';

/** What pages show of the call that a person at the desk has. */
export interface Shown extends Omit<Seen, 'through'> {
  phase: Phase;
}

const IDLE: Shown = { phase: { is: 'idle' }, muted: false, answered: false, held: false, handOver: NONE, back: { is: 'none' }, silenced: false };
/** Storage key for this window's call, which is resumed after a reload. Another window has its own call. */
const STORED = 'trunkline-desk-call';
const BETWEEN_LOOKS = 2_000;

/**
 * The call that a person at the desk has in this window: taken through the console, with its audio in LiveKit's room. There is one at a
 * time. It survives page changes, reconnects after a network loss, and is resumed after a reload.
 */
export class Line {
  private shown: Shown = IDLE;
  private readonly listeners = new Set<() => void>();
  private stay?: Stay;
  private track?: LocalAudioTrack;
  /** Number of the latest request; results of earlier requests are ignored. */
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

  /** Resumes the call from before a reload. */
  resume(): void {
    const callId = sessionStorage.getItem(STORED);
    if (callId !== null && this.shown.phase.is === 'idle') {
      void this.take(callId, true);
    }
  }

  /**
   * Takes a call, or rejoins one of our own. A failure is shown.
   *
   * @param resumed the user pressed no button, so it is not reported if the call is over or another person has it
   */
  async take(callId: string, resumed = false): Promise<void> {
    await this.drop();
    const turn = ++this.turn;
    this.show({ ...IDLE, phase: { is: 'entering', callId } });
    try {
      // Gets the microphone first, because a caller must not wait for a person without one.
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
          // Releases the call for other people at the desk.
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

  /** @param ours whether the stay is the current one */
  private ears(callId: string, turn: number, ours: () => boolean): Ears {
    return {
      changed: ({ through, ...seen }) => ours() && this.show({ ...seen, phase: { is: through ? 'in' : 'lost', callId } }),
      somebodyLeft: () => void (ours() && this.look(callId, turn)),
      handedOver: () => void (ours() && this.leaveTo(callId, 'handed-over')),
      givenBack: () => void (ours() && this.leaveTo(callId, 'given-back')),
      closed: (reason) => void (ours() && this.closed(callId, turn, reason)),
    };
  }

  /** Handles a connection that LiveKit closed, and we did not. */
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

  /** Checks whether the call is still ongoing and ours: a caller who has left the room may be coming back through another relay. */
  private async look(callId: string, turn: number): Promise<void> {
    if (this.looking) {
      // One request on a lost network is enough, because a browser has few connections.
      return;
    }
    this.looking = true;
    try {
      const now = fate(await this.api.get<DeskPage>('/desk'), callId);
      if (turn === this.turn && now !== 'ours') {
        await this.end(callId, now === 'gone' ? 'ended' : 'taken');
      }
    } catch {
      // The console is unavailable, but the call continues.
    } finally {
      this.looking = false;
    }
  }

  /** Ends the call for both sides. */
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

  /** Puts the caller back, to wait for another person. */
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
    // If this request fails, the console releases the call by itself after a while.
    await this.api.delete(`/desk/calls/${callId}/take`).catch(() => undefined);
  }

  /** Actions in the room; undefined if we are in no room. */
  get room(): Stay | undefined {
    return this.stay;
  }

  /** Clears a call that is over from the page. */
  clear(): void {
    if (this.shown.phase.is === 'over') {
      this.show(IDLE);
    }
  }

  /** Handles the end of the window or the session. The call stays taken, and can be resumed. */
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
