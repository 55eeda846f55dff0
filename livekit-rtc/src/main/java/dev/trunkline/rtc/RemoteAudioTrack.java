package dev.trunkline.rtc;

/**
 * An audio track of another participant, as it was when this was made.
 *
 * @param sid                 {@code TR_…}
 * @param name                may be empty
 * @param participantSid      who publishes it
 * @param participantIdentity who publishes it
 * @param mimeType            as the server describes the track, for example {@code audio/opus} or {@code audio/PCMU}
 * @param muted               whether its publisher sends nothing on purpose
 */
public record RemoteAudioTrack(
        String sid, String name, String participantSid, String participantIdentity, String mimeType, boolean muted) {

    /** Without the identity and the name, which may be private: this text may end in a log. */
    @Override
    public String toString() {
        return "RemoteAudioTrack[" + sid + ", " + participantSid + ", " + mimeType + "]";
    }
}
