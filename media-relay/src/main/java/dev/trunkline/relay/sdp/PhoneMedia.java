package dev.trunkline.relay.sdp;

import dev.trunkline.rtc.codec.G711;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was agreed with the phone for its one audio stream.
 *
 * @param law the codec
 * @param payloadType the codec's payload type, 0 to 127, the same in both directions
 * @param dtmfPayloadType payload type of telephone-event (RFC 4733) at 8000 Hz, empty where the phone has none
 * @param ptime milliseconds of audio in a packet that the phone wishes for, 10 to 200
 * @param address where the phone wants its audio; empty for a name or an unspecified address: then its packets tell
 * @param port the phone's RTP port
 * @param rtcpPort the phone's RTCP port
 * @param direction of our side
 */
public record PhoneMedia(
        G711 law,
        int payloadType,
        OptionalInt dtmfPayloadType,
        int ptime,
        Optional<InetAddress> address,
        int port,
        int rtcpPort,
        MediaDirection direction) {
    /** The phone does not want to hear us (RFC 3264 section 8.4), or said so the old way, by address 0.0.0.0. */
    public boolean held() {
        return !direction.sends();
    }

    /** Whether a packet of this payload type belongs to the stream. */
    public boolean negotiated(int type) {
        return type == payloadType || isDtmf(type);
    }

    public boolean isDtmf(int type) {
        return dtmfPayloadType.isPresent() && dtmfPayloadType.getAsInt() == type;
    }
}
