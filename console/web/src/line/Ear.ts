import type { LocalAudioTrack, Room } from 'livekit-client';
import { Api, Problem } from '../api/Api';
import type { Ticket } from '../api/types';
import { chosen } from './devices';
import { WHISPER, isCaller, isPhone, soundOf } from './people';

/** What pages see of a call that somebody listens in to. */
export type Overheard =
  | { is: 'idle' }
  | { is: 'entering'; callId: string; whispers: boolean }
  | {
    is: 'in'; callId: string; whispers: boolean; silenced: boolean;
    /** For the meters; `answering` is the first of the others who is heard. */
    microphone?: MediaStreamTrack; caller?: MediaStreamTrack; answering?: MediaStreamTrack;
  }
  | { is: 'over'; callId: string; problem?: Problem };

/** The call of somebody else that a supervisor listens in to, unseen; or whispers in, seen and heard by those in the room and by no phone. */
export class Ear {
  private heard: Overheard = { is: 'idle' };
  private readonly listeners = new Set<() => void>();
  private room?: Room;
  private track?: LocalAudioTrack;
  /** Of what was asked last: what an earlier one still does counts for nothing. */
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

  /** Listens in, or whispers besides. What it fails for is shown. */
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
      // Whoever listens keeps no room alive: without a phone there is nothing to be heard.
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

  /** After a press of a button the browser may play. */
  async play(): Promise<void> {
    await this.room?.startAudio();
  }

  /** Leaves the call, of which nobody is told. */
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
