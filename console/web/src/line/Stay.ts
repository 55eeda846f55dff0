import type { ConnectionState, LocalAudioTrack, RemoteParticipant, Room } from 'livekit-client';
import type { Ticket } from '../api/types';
import { chosen } from './devices';
import { NONE, failed, isOpen, isUnderWay, kept, told, type Back, type HandOver } from './handOver';
import { isCaller, isHeld, isSupervisor, isTalking, soundOf } from './people';
import { eventOf } from './phases';
import { Pulse, packetsOf } from './pulse';

/** The visible state of a stay. */
export interface Seen {
  /** Whether packets arrive at the moment. */
  through: boolean;
  muted: boolean;
  /** The caller is in the room, and the phone has been answered. */
  answered: boolean;
  /** The caller hears the waiting sound, and neither side hears the other. */
  held: boolean;
  handOver: HandOver;
  back: Back;
  /** The browser plays nothing until the user presses a button. */
  silenced: boolean;
  /** Our track and the caller's, for the meters. */
  microphone?: MediaStreamTrack;
  caller?: MediaStreamTrack;
  /** A supervisor who whispers to us. */
  supervisor?: { name: string; sound?: MediaStreamTrack };
}

/** Callbacks for what happens in the room, between entering and leaving it. */
export interface Ears {
  changed(seen: Seen): void;
  /** A participant has left: the call may be over. */
  somebodyLeft(): void;
  /** The caller is now with another person. */
  handedOver(): void;
  /** The agent answers the caller, so we are no longer needed. */
  givenBack(): void;
  /** LiveKit closed the connection. @param reason number in LiveKit's protocol; undefined if the connection was cut off */
  closed(reason: number | undefined): void;
}

const TRANSFER = 'trunkline.transfer';
/** A phone may ring for a minute; a REFER that is tried first takes half a minute. */
const RINGING_SECONDS = 60;
const HAND_OVER_MILLIS = 120_000;
const METHOD_MILLIS = 10_000;
/** The relay reports earlier that no agent came: when the patience of the rule and of its fallback is exhausted. */
const AGENT_MILLIS = 1_800_000;
const BETWEEN_LOOKS = 1_000;
/** The library is loaded only when needed, so its value is not available here. */
const CONNECTED = 'connected' as ConnectionState.Connected;

/** One stay in the room of a call: it enters once and leaves once. */
export class Stay {
  private readonly pulse = new Pulse();
  private timer?: ReturnType<typeof setInterval>;
  private entered = false;
  private handOver: HandOver = NONE;
  private held = false;
  private back: Back = { is: 'none' };

  private constructor(private readonly room: Room, private readonly track: LocalAudioTrack, private readonly ears: Ears) {}

  /** @param track the microphone's, which outlives the stay */
  static async prepare(track: LocalAudioTrack, ears: Ears): Promise<Stay> {
    const { Room, RoomEvent } = await import('livekit-client');
    const speaker = chosen('audiooutput');
    const room = new Room({
      // Phones get silence as it is: without DTX no packet is left out, and without RED none is sent twice.
      publishDefaults: { dtx: false, red: false },
      // The microphone's track survives a lost connection.
      stopLocalTrackOnUnpublish: false,
      ...(speaker === undefined ? {} : { audioOutput: { deviceId: speaker } }),
    });
    const stay = new Stay(room, track, ears);
    const look = () => stay.show();
    for (const event of [RoomEvent.LocalTrackPublished, RoomEvent.TrackMuted, RoomEvent.TrackUnmuted, RoomEvent.ActiveDeviceChanged,
      RoomEvent.AudioPlaybackStatusChanged, RoomEvent.ConnectionStateChanged, RoomEvent.ParticipantAttributesChanged] as const) {
      room.on(event, look);
    }
    room.on(RoomEvent.ParticipantConnected, (participant) => {
      if (isCaller(participant)) {
        stay.callerCame(participant);
      }
      look();
    });
    room.on(RoomEvent.TrackSubscribed, (sound) => {
      sound.attach();
      look();
    });
    room.on(RoomEvent.TrackUnsubscribed, (sound) => {
      sound.detach().forEach((element) => element.remove());
      look();
    });
    room.on(RoomEvent.ParticipantDisconnected, () => {
      look();
      if (stay.entered) {
        ears.somebodyLeft();
      }
    });
    room.on(RoomEvent.DataReceived, (payload, from, _kind, topic) => {
      if (topic === TRANSFER && from !== undefined && isCaller(from)) {
        stay.hear(new TextDecoder().decode(payload));
      }
    });
    room.on(RoomEvent.Disconnected, (reason) => stay.entered && ears.closed(reason));
    return stay;
  }

  async enter(ticket: Ticket): Promise<void> {
    await this.room.connect(ticket.url, ticket.token);
    this.entered = true;
    await this.room.localParticipant.publishTrack(this.track);
    this.timer = setInterval(() => void this.feel(), BETWEEN_LOOKS);
    this.show();
  }

  async leave(): Promise<void> {
    this.entered = false;
    clearInterval(this.timer);
    await this.room.disconnect();
  }

  private async feel(): Promise<void> {
    const before = this.pulse.alive;
    this.pulse.look(await packetsOf(this.track.sender).catch(() => undefined));
    if (this.pulse.alive !== before) {
      this.show();
    }
  }

  private show(): void {
    if (!this.entered) {
      return;
    }
    const caller = this.caller();
    const supervisor = [...this.room.remoteParticipants.values()].find(isSupervisor);
    // A caller whose relay has died is coming back, and will be held again.
    this.held = caller === undefined ? this.held : isHeld(caller);
    this.ears.changed({
      through: this.room.state === CONNECTED && this.pulse.alive,
      muted: this.room.localParticipant.audioTrackPublications.size > 0 && !this.room.localParticipant.isMicrophoneEnabled,
      answered: caller !== undefined && isTalking(caller),
      held: this.held || (isUnderWay(this.handOver) && this.handOver.first && this.handOver.is !== 'asked'),
      handOver: this.handOver,
      back: this.back,
      silenced: !this.room.canPlaybackAudio,
      microphone: this.track.mediaStreamTrack,
      caller: caller === undefined ? undefined : soundOf(caller),
      supervisor: supervisor === undefined ? undefined : { name: supervisor.name ?? '', sound: soundOf(supervisor) },
    });
  }

  private caller(): RemoteParticipant | undefined {
    return [...this.room.remoteParticipants.values()].find(isCaller);
  }

  /** Holds the caller again: another relay has taken over the caller, and does not know about the hold. */
  private callerCame(caller: RemoteParticipant): void {
    if (this.held && !isHeld(caller)) {
      void this.hold(true).catch(() => this.show());
    }
  }

  /** Holds or resumes the caller. On hold, the caller hears only the waiting sound, and the room does not hear the caller. */
  async hold(held: boolean): Promise<void> {
    await this.ask(held ? 'trunkline.hold' : 'trunkline.resume', '', METHOD_MILLIS);
    this.show();
  }

  private ask(method: string, payload: string, responseTimeout: number): Promise<string> {
    const caller = this.caller();
    return caller === undefined
      ? Promise.reject(new Error('The caller is not in the room.'))
      : this.room.localParticipant.performRpc({ destinationIdentity: caller.identity, method, payload, responseTimeout });
  }

  /** Requests a transfer of the caller. Its outcome is shown. @param first whether we speak with the other side before the caller does */
  async handTo(to: string, first: boolean): Promise<void> {
    this.become({ is: 'asked', to, first });
    try {
      await this.ask(TRANSFER, JSON.stringify({ to, way: first ? 'warm' : undefined, ringing_seconds: RINGING_SECONDS }), HAND_OVER_MILLIS);
    } catch (fault) {
      const { code, message } = asError(fault);
      // A data message has already reported a failure of the attempt itself.
      if (isUnderWay(this.handOver) && !isOpen(code ?? 0)) {
        this.become(failed(this.handOver, code, message));
      }
    }
  }

  /** Ends a transfer in which we speak with the other side first: connects the two, or takes the caller back. */
  async decide(how: 'complete' | 'cancel'): Promise<void> {
    await this.ask(`${TRANSFER}.${how}`, '', METHOD_MILLIS);
  }

  /** Gives the caller back to the agent. The agent is requested while we stay, and the outcome is shown. */
  async giveBack(): Promise<void> {
    this.becomeBack({ is: 'asked' });
    try {
      await this.ask('trunkline.agent', '', AGENT_MILLIS);
    } catch (fault) {
      const { code, message } = asError(fault);
      this.becomeBack(kept(code, message));
      return;
    }
    if (this.entered) {
      this.ears.givenBack();
    }
  }

  private becomeBack(next: Back): void {
    this.back = next;
    this.show();
  }

  private hear(text: string): void {
    const next = told(this.handOver, text);
    if (next.is === 'done') {
      this.handOver = NONE;
      if (this.entered) {
        this.ears.handedOver();
      }
    } else {
      this.become(next);
    }
  }

  /** Clears failures that the user has read. */
  dismiss(): void {
    if (this.handOver.is === 'failed') {
      this.become(NONE);
    }
    if (this.back.is === 'failed') {
      this.becomeBack({ is: 'none' });
    }
  }

  private become(next: HandOver): void {
    this.handOver = next;
    this.show();
  }

  async mute(muted: boolean): Promise<void> {
    await this.room.localParticipant.setMicrophoneEnabled(!muted);
  }

  async press(key: string): Promise<void> {
    const code = eventOf(key);
    if (code !== undefined) {
      await this.room.localParticipant.publishDtmf(code, key);
    }
  }

  /** Switches to another microphone or speaker. */
  async use(kind: 'audioinput' | 'audiooutput', deviceId: string): Promise<void> {
    await this.room.switchActiveDevice(kind, deviceId);
  }

  /** Starts playback: the browser allows it after the user has pressed a button. */
  async play(): Promise<void> {
    await this.room.startAudio();
  }
}

/** Reads the error of an RPC method through LiveKit, which has a code. */
function asError(fault: unknown): { code?: number; message: string } {
  const code = (fault as { code?: unknown } | undefined)?.code;
  return { code: typeof code === 'number' ? code : undefined, message: fault instanceof Error ? fault.message : String(fault) };
}
