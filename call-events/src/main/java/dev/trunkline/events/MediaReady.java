package dev.trunkline.events;

/**
 * The relay has a port and, if no PIN is required, is in the room.
 *
 * @param participantSid LiveKit's id of the caller's participant; the identity would name the caller. Empty while the caller is
 *     asked for a PIN: the event is published once more when the caller is admitted
 * @param sdpAnswer the relay's answer, or its offer if {@link InviteReceived} or {@link MediaOffered} asked for one. The relay's key
 *     for SRTP is sealed, as in {@link InviteReceived}: the edge opens it for the phone
 * @param codec the codec towards the phone, for example {@code PCMU}
 * @param revision which offer this answers; the INVITE's is 0
 */
public record MediaReady(
        CallId callId, String relay, String room, String participantSid, String sdpAnswer, String codec, int revision)
        implements CallEvent {

    /** Returns the same event with another session description. */
    public MediaReady withSdpAnswer(String description) {
        return new MediaReady(callId, relay, room, participantSid, description, codec, revision);
    }
}
