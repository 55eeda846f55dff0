import type { LocalAudioTrack, Participant, RemoteParticipant, Room } from 'livekit-client';
import { Api, Problem } from '../api/Api';
import type { DeskPage, Ticket } from '../api/types';
import { afterClosing, eventOf, fate, pause, type Ending, type Phase } from './phases';
import { chosen } from './devices';

/** What pages see of the call that a person at the desk has. */
export interface Shown {
  phase: Phase;
  muted: boolean;
  /** The caller is in the room, and the phone has been answered. */
  answered: boolean;
  /** The browser plays nothing until somebody presses a button. */
  silenced: boolean;
  /** Our side and the caller's, for the meters. */
  microphone?: MediaStreamTrack;
  caller?: MediaStreamTrack;
}

const IDLE: Shown = { phase: { is: 'idle' }, muted: false, answered: false, silenced: false };
/** The call of this window: after a reload it is come back to. Another window has its own. */
const STORED = 'trunkline-desk-call';
const BETWEEN_LOOKS = 2_000;
/** LiveKit's attribute of a caller, as livekit-sip sets it. */
const STATUS = 'sip.callStatus';

/**
 * The call that a person at the desk has in this window: taken from the console, talked in LiveKit's room. One at a time. It stays while
 * pages change, finds its way back when the network is lost, and is come back to after a reload.
 */
export class Line {
  private shown: Shown = IDLE;
  private readonly listeners = new Set<() => void>();
  private room?: Room;
  private track?: LocalAudioTrack;
  /** Of whoever is asked last: what an earlier one still does counts for nothing. */
  private turn = 0;
  private watch?: ReturnType<typeof setInterval>;

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
    const { ConnectionState, Room, RoomEvent } = await import('livekit-client');
    const speaker = chosen('audiooutput');
    const room = new Room({
      // A phone hears silence as it is: no packet is left out, and none is sent twice.
      publishDefaults: { dtx: false, red: false },
      // The microphone outlives a connection that is lost.
      stopLocalTrackOnUnpublish: false,
      ...(speaker === undefined ? {} : { audioOutput: { deviceId: speaker } }),
    });
    this.room = room;
    const ours = () => this.room === room && turn === this.turn;
    const refresh = () => ours() && this.refresh(room);
    for (const event of [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged, RoomEvent.LocalTrackPublished,
      RoomEvent.TrackMuted, RoomEvent.TrackUnmuted, RoomEvent.ActiveDeviceChanged, RoomEvent.AudioPlaybackStatusChanged] as const) {
      room.on(event, refresh);
    }
    room.on(RoomEvent.TrackSubscribed, (track) => {
      track.attach();
      refresh();
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => {
      track.detach().forEach((element) => element.remove());
      refresh();
    });
    room.on(RoomEvent.ParticipantDisconnected, () => {
      refresh();
      void this.look(callId, turn);
    });
    room.on(RoomEvent.ConnectionStateChanged, (state) => {
      if (ours() && (state === ConnectionState.Reconnecting || state === ConnectionState.SignalReconnecting)) {
        this.show({ phase: { is: 'lost', callId } });
      } else if (ours() && state === ConnectionState.Connected) {
        this.show({ phase: { is: 'in', callId } });
      }
    });
    let entered = false;
    room.on(RoomEvent.Disconnected, (reason) => ours() && entered && void this.closed(callId, turn, reason));
    await room.connect(ticket.url, ticket.token);
    entered = true;
    await room.localParticipant.publishTrack(this.track!);
    this.refresh(room);
  }

  private refresh(room: Room): void {
    const caller = [...room.remoteParticipants.values()].find(isPhone);
    this.show({
      muted: room.localParticipant.audioTrackPublications.size > 0 && !room.localParticipant.isMicrophoneEnabled,
      answered: caller?.attributes[STATUS] === 'active',
      silenced: !room.canPlaybackAudio,
      microphone: this.track?.mediaStreamTrack,
      caller: caller === undefined ? undefined : soundOf(caller),
    });
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
        this.room = undefined;
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
    try {
      const now = fate(await this.api.get<DeskPage>('/desk'), callId);
      if (turn === this.turn && now !== 'ours') {
        await this.end(callId, now === 'gone' ? 'ended' : 'taken');
      }
    } catch {
      // The console is away, the call is not.
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

  /** Leaves the caller, for the next one or whoever the caller was handed to. */
  async letGo(): Promise<void> {
    const callId = this.callId();
    if (callId !== undefined) {
      await this.end(callId, 'let-go');
      await this.release(callId);
    }
  }

  private async release(callId: string): Promise<void> {
    // What cannot be told now lapses by itself.
    await this.api.delete(`/desk/calls/${callId}/take`).catch(() => undefined);
  }

  async mute(muted: boolean): Promise<void> {
    await this.room?.localParticipant.setMicrophoneEnabled(!muted);
  }

  async press(key: string): Promise<void> {
    const code = eventOf(key);
    if (code !== undefined) {
      await this.room?.localParticipant.publishDtmf(code, key);
    }
  }

  /** Another microphone or speaker, from now on. */
  async use(kind: 'audioinput' | 'audiooutput', deviceId: string): Promise<void> {
    await this.room?.switchActiveDevice(kind, deviceId);
  }

  /** After a press of a button the browser may play. */
  async hear(): Promise<void> {
    await this.room?.startAudio();
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
    const { room, track } = this;
    this.room = undefined;
    this.track = undefined;
    track?.stop();
    await room?.disconnect();
  }
}

function isPhone(participant: Participant): boolean {
  // Whoever the caller is handed to is one as well, and says by whose call.
  return STATUS in participant.attributes && !('trunkline.parent' in participant.attributes);
}

function soundOf(participant: RemoteParticipant): MediaStreamTrack | undefined {
  return [...participant.audioTrackPublications.values()].map((one) => one.audioTrack?.mediaStreamTrack).find((one) => one !== undefined);
}

function asProblem(fault: unknown): Problem {
  return fault instanceof Problem ? fault : new Problem(-1, '', fault instanceof Error ? fault.message : String(fault));
}
