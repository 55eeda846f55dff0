package dev.trunkline.relay.sdp;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was agreed with the phone for its one audio stream.
 *
 * @param payloadType the codec's payload type, 0 to 127, the same in both directions
 * @param opus what the phone asks for in Opus; meaningless for other codecs
 * @param keys telephone-event, empty if the phone has none
 * @param comfortNoise payload type of comfort noise (RFC 3389), empty if the phone has none
 * @param ptime milliseconds of audio in a packet to the phone: 10, 20, 30, 40 or 60
 * @param crypto the phone's SRTP key; if there is one, both sides use SRTP; empty for plain RTP
 * @param address where the phone wants its audio; empty for a name or an unspecified address: then its packets show it
 * @param port the phone's RTP port
 * @param rtcpPort the phone's RTCP port
 * @param direction of our side
 */
public record PhoneMedia(
        PhoneCodec codec,
        int payloadType,
        OpusWishes opus,
        Optional<TelephoneEvent> keys,
        OptionalInt comfortNoise,
        int ptime,
        Optional<CryptoLine> crypto,
        Optional<InetAddress> address,
        int port,
        int rtcpPort,
        MediaDirection direction) {
    /** Payload type of comfort noise, unless a description says another (RFC 3551 section 6). */
    static final int COMFORT_NOISE = 13;

    /** No packet has this payload type. */
    private static final int NONE = -1;

    /** Returns the media of a phone that has yet to answer our offer: nothing is sent to it, and nothing accepted from it. */
    public static PhoneMedia unanswered(PhoneCodec preferred) {
        return new PhoneMedia(
                preferred, NONE, OpusWishes.NONE, Optional.empty(), OptionalInt.empty(), 20, Optional.empty(),
                Optional.empty(), 9, 9, MediaDirection.INACTIVE);
    }

    /** Returns whether the phone's codec is known. */
    public boolean isAnswered() {
        return payloadType != NONE;
    }

    /** Returns whether the phone does not want to hear us (RFC 3264 section 8.4), or said so the old way, by address 0.0.0.0. */
    public boolean held() {
        return !direction.sends();
    }

    /**
     * Returns whether the phone said that it will not send, or is on hold: then its silence means nothing (RFC 3264 sections 5.1 and 8.4).
     */
    public boolean mayBeSilent() {
        return direction != MediaDirection.SENDRECV;
    }

    /** Returns whether packets of this payload type were agreed on. */
    public boolean negotiated(int type) {
        return type == payloadType || isKey(type) || comfortNoise.orElse(NONE) == type;
    }

    public boolean isKey(int type) {
        return keys.isPresent() && keys.get().payloadType() == type;
    }

    /** Phones with silence suppression send it under its static payload type even if they never offered it. */
    public boolean isComfortNoise(int type) {
        return isAnswered() && codec != PhoneCodec.OPUS && comfortNoise.orElse(COMFORT_NOISE) == type;
    }
}
