/** Who is who in the room of a call. */
import type { Participant, RemoteParticipant } from 'livekit-client';

/** LiveKit's attribute of a phone, as livekit-sip sets it. */
const STATUS = 'sip.callStatus';

/** Relays leave a track of this name out: no phone hears it. */
export const WHISPER = 'trunkline.whisper';

type Known = Pick<Participant, 'attributes'>;

/** A phone: the caller's, or that of whom the caller is handed over to. */
export function isPhone(one: Known): boolean {
  return STATUS in one.attributes;
}

export function isCaller(one: Known): boolean {
  // Whom the suite has called says by whose call.
  return isPhone(one) && !('trunkline.parent' in one.attributes);
}

/** Whether the phone was answered. */
export function isTalking(caller: Known): boolean {
  return caller.attributes[STATUS] === 'active';
}

/** Whether somebody in the room holds the caller. */
export function isHeld(caller: Known): boolean {
  return caller.attributes['trunkline.held'] === 'true';
}

/** Somebody who is there for us, and whom the caller does not hear. */
export function isSupervisor(one: Known): boolean {
  return one.attributes['trunkline.supervisor'] === 'true';
}

export function soundOf(participant: RemoteParticipant): MediaStreamTrack | undefined {
  return [...participant.audioTrackPublications.values()].map((one) => one.audioTrack?.mediaStreamTrack).find((one) => one !== undefined);
}
