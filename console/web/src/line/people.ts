/** Tells the participants in the room of a call apart. */
import type { Participant, RemoteParticipant } from 'livekit-client';

/** LiveKit's attribute of a phone, as livekit-sip sets it. */
const STATUS = 'sip.callStatus';

/** Relays ignore a track with this name: no phone hears it. */
export const WHISPER = 'trunkline.whisper';

type Known = Pick<Participant, 'attributes'>;

/** Whether a participant is a phone: the caller's, or that of the person the caller is transferred to. */
export function isPhone(one: Known): boolean {
  return STATUS in one.attributes;
}

export function isCaller(one: Known): boolean {
  // A party that the suite called names the parent call.
  return isPhone(one) && !('trunkline.parent' in one.attributes);
}

/** Whether the phone was answered. */
export function isTalking(caller: Known): boolean {
  return caller.attributes[STATUS] === 'active';
}

/** Whether a participant in the room holds the caller. */
export function isHeld(caller: Known): boolean {
  return caller.attributes['trunkline.held'] === 'true';
}

/** Whether a participant is a supervisor, whom we hear and the caller does not. */
export function isSupervisor(one: Known): boolean {
  return one.attributes['trunkline.supervisor'] === 'true';
}

export function soundOf(participant: RemoteParticipant): MediaStreamTrack | undefined {
  return [...participant.audioTrackPublications.values()].map((one) => one.audioTrack?.mediaStreamTrack).find((one) => one !== undefined);
}
