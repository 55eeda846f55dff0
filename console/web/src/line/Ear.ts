import type { LocalAudioTrack, Room } from 'livekit-client';
import { Api, Problem } from '../api/Api';
import type { Ticket } from '../api/types';
import { chosen } from './devices';
import { WHISPER, isCaller, isPhone, soundOf } from './people';

/** What pages show of a call that a supervisor listens in to. */
export type Overheard =
  | { is: 'idle' }
  | { is: 'entering'; callId: string; whispers: boolean }
  | {
    is: 'in'; callId: string; whispers: boolean; silenced: boolean;
    /** Tracks for the meters; `answering` is the first other participant with audio. */
    microphone?: MediaStreamTrack; caller?: MediaStreamTrack; answering?: MediaStreamTrack;
  }
  | { is: 'over'; callId: string; problem?: Problem };

/**
 * Another person's call that a supervisor listens in to, unseen. A supervisor who whispers is seen and heard in the room, but by no
 * phone.
 */
export class Ear {
  private heard: Overheard = { is: 'idle' };
  private readonly listeners = new Set<() => void>();
  private room?: Room;
  private track?: LocalAudioTrack;
  /** Number of the latest request; results of earlier requests are ignored. */
  private turn = 0;

  constructor(private readonly api: Api) {}

  /** For useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): Overheard => this.heard;

  private show(next: Overheard): void {
    this.heard = next;
    this.listeners.forEach((listener) => listener());
  }

  /** Starts listening in, or listening and whispering. A failure is shown. */
  async listen(callId: string, whispers: boolean): Promise<void> {
    await this.drop();
    const turn = this.turn;
    this.show({ is: 'entering', callId, whispers });
    try {
      await this.enter(callId, whispers, turn);
    } catch (fault) {
      if (turn === this.turn) {
        await this.drop();
        this.show({ is: 'over', callId, problem: fault instanceof Problem ? fault : new Problem(-1, '', fault instanceof Error ? fault.message : String(fault)) });
      }
    }
  }

  private async enter(callId: string, whispers: boolean, turn: number): Promise<void> {
    const { Room, RoomEvent, createLocalAudioTrack } = await import('livekit-client');
    const microphone = chosen('audioinput');
    const track = whispers
      ? await createLocalAudioTrack({ echoCancellation: true, noiseSuppression: true, ...(microphone === undefined ? {} : { deviceId: microphone }) })
      : undefined;
    const ticket = await this.api.post<Ticket>(`/desk/calls/${callId}/${whispers ? 'whisper' : 'listen'}`);
    if (turn !== this.turn) {
      track?.stop();
      return;
    }
    const speaker = chosen('audiooutput');
    const room = new Room({ publishDefaults: { dtx: false, red: false }, ...(speaker === undefined ? {} : { audioOutput: { deviceId: speaker } }) });
    this.room = room;
    this.track = track;
    const ours = () => this.room === room;
    let entered = false;
    const look = () => {
      const others = [...room.remoteParticipants.values()];
      const caller = others.find(isCaller);
      if (ours() && entered) {
        this.show({
          is: 'in', callId, whispers, silenced: !room.canPlaybackAudio, microphone: track?.mediaStreamTrack,
          caller: caller === undefined ? undefined : soundOf(caller),
          answering: others.filter((one) => one !== caller).map(soundOf).find((one) => one !== undefined),
        });
      }
    };
    room.on(RoomEvent.TrackSubscribed, (sound) => {
      sound.attach();
      look();
    });
    room.on(RoomEvent.TrackUnsubscribed, (sound) => {
      sound.detach().forEach((element) => element.remove());
      look();
    });
    room.on(RoomEvent.AudioPlaybackStatusChanged, look);
    room.on(RoomEvent.ParticipantDisconnected, () => {
      // A listener must not keep a room alive: without a phone there is nothing to hear.
      if (ours() && [...room.remoteParticipants.values()].every((one) => !isPhone(one))) {
        void this.drop().then(() => this.show({ is: 'over', callId }));
      }
    });
    room.on(RoomEvent.Disconnected, () => ours() && void this.drop().then(() => this.show({ is: 'over', callId })));
    await room.connect(ticket.url, ticket.token);
    if (track !== undefined) {
      await room.localParticipant.publishTrack(track, { name: WHISPER });
    }
    entered = true;
    look();
  }

  /** Starts playback: the browser allows it after the user has pressed a button. */
  async play(): Promise<void> {
    await this.room?.startAudio();
  }

  /** Leaves the call without notifying anybody. */
  async stop(): Promise<void> {
    await this.drop();
    this.show({ is: 'idle' });
  }

  private async drop(): Promise<void> {
    this.turn++;
    const { room, track } = this;
    this.room = undefined;
    this.track = undefined;
    track?.stop();
    await room?.disconnect();
  }
}
