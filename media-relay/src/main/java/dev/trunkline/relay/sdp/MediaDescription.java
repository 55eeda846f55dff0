package dev.trunkline.relay.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code m=} section.
 *
 * @param kind {@code audio}, {@code video}, {@code image}, …
 * @param protocol for example {@code RTP/AVP}
 * @param formats as written, in the offerer's order of preference
 * @param connection the section's own {@code c=}, or the session's
 * @param encodings {@code a=rtpmap} by payload type
 * @param parameters {@code a=fmtp} by payload type
 * @param crypto the SRTP keys that can be accepted, in order
 * @param direction the section's own, or the session's, or sendrecv
 */
record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<MediaAddress> connection,
        Map<Integer, Encoding> encodings,
        Map<Integer, String> parameters,
        List<CryptoLine> crypto,
        OptionalInt ptime,
        OptionalInt maxPtime,
        OptionalInt rtcpPort,
        MediaDirection direction) {
    MediaDescription {
        formats = List.copyOf(formats);
        encodings = Map.copyOf(encodings);
        parameters = Map.copyOf(parameters);
        crypto = List.copyOf(crypto);
    }

    /**
     * The value of an {@code a=rtpmap}.
     *
     * @param name lower case, for example {@code pcmu}
     */
    record Encoding(String name, int clockRate) {}

    boolean isAudio() {
        return kind.equals("audio");
    }

    boolean isRtp() {
        return protocol.equalsIgnoreCase("RTP/AVP") || protocol.equalsIgnoreCase("RTP/AVPF") || isSecureRtp();
    }

    /** Without a key it must not be accepted. In plain RTP a key is an offer that may be accepted: phones call this best effort. */
    boolean isSecureRtp() {
        return protocol.equalsIgnoreCase("RTP/SAVP") || protocol.equalsIgnoreCase("RTP/SAVPF");
    }
}
