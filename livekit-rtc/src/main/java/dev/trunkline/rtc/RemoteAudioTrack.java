package dev.trunkline.rtc;

/**
 * A snapshot of an audio track of another participant.
 *
 * @param sid                 {@code TR_…}
 * @param name                may be empty
 * @param participantSid      its publisher
 * @param participantIdentity its publisher
 * @param mimeType            as the server describes the track, for example {@code audio/opus} or {@code audio/PCMU}
 * @param muted               whether its publisher deliberately sends nothing
 */
public record RemoteAudioTrack(
        String sid, String name, String participantSid, String participantIdentity, String mimeType, boolean muted) {

    /** Leaves out the identity and the name, which may be private, because this text may end up in a log. */
    @Override
    public String toString() {
        return "RemoteAudioTrack[" + sid + ", " + participantSid + ", " + mimeType + "]";
    }
}
