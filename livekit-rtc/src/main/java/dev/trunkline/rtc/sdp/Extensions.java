package dev.trunkline.rtc.sdp;

/** RTP header extensions (RFC 8285) that we offer, with the ids that we assign to them. */
public final class Extensions {

    /** RFC 6464. */
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    /** The id of {@link #AUDIO_LEVEL} in each of our offers. */
    public static final int AUDIO_LEVEL_ID = 1;

    private Extensions() {
    }
}
