package dev.trunkline.relay.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Writes the answers of one call (RFC 3264 section 6). The session id stays, the version rises by one with each answer
 * (section 8). Not thread-safe.
 */
public final class AnswerWriter {
    /** Longer packets are more delay than a talk bears. */
    private static final int MOST_PACKET_MILLIS = 60;

    private final long sessionId;
    private final InetAddress advertised;
    private final int port;
    private int version;

    /**
     * @param sessionId random, of the call
     * @param advertised the address that the phone shall send to
     * @param port our RTP port; RTCP is on the next
     */
    public AnswerWriter(long sessionId, InetAddress advertised, int port) {
        this.sessionId = sessionId & Long.MAX_VALUE;
        this.advertised = advertised;
        this.port = port;
    }

    /** @param sealedKey our own key for SRTP, where the phone's was taken */
    public String write(Negotiation.Accepted accepted, Optional<String> sealedKey) {
        String address = (advertised instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + literal();
        var sdp = new StringBuilder(512);
        line(sdp, "v=0");
        line(sdp, "o=trunkline " + sessionId + " " + ++version + " " + address);
        line(sdp, "s=-");
        line(sdp, "c=" + address);
        line(sdp, "t=" + accepted.shape().timing());
        for (int i = 0; i < accepted.shape().sections().size(); i++) {
            AnswerShape.Section section = accepted.shape().sections().get(i);
            if (i == accepted.shape().accepted()) {
                audio(sdp, section, accepted.media());
                accepted.media().crypto().ifPresent(line -> line(sdp, "a=crypto:" + line.answer(sealedKey.orElseThrow())));
            } else {
                line(sdp, "m=" + section.kind() + " 0 " + section.protocol() + " " + String.join(" ", section.formats()));
            }
        }
        return sdp.toString();
    }

    private void audio(StringBuilder sdp, AnswerShape.Section section, PhoneMedia media) {
        var formats = new StringBuilder().append(media.payloadType());
        media.keys().ifPresent(keys -> formats.append(' ').append(keys.payloadType()));
        media.comfortNoise().ifPresent(type -> formats.append(' ').append(type));
        line(sdp, "m=audio " + port + " " + section.protocol() + " " + formats);
        line(sdp, "a=rtpmap:" + media.payloadType() + " " + media.codec().rtpmap());
        if (media.codec() == PhoneCodec.OPUS) {
            // One voice, and copies against loss: what comes goes to the room as it is.
            line(sdp, "a=fmtp:" + media.payloadType() + " useinbandfec=1;sprop-stereo=0");
        }
        media.keys().ifPresent(keys -> {
            line(sdp, "a=rtpmap:" + keys.payloadType() + " telephone-event/" + keys.clockRate());
            line(sdp, "a=fmtp:" + keys.payloadType() + " 0-15");
        });
        media.comfortNoise().ifPresent(type -> line(sdp, "a=rtpmap:" + type + " CN/8000"));
        // What we would like to get: the phone's own packets, which go to the room as they are.
        line(sdp, "a=ptime:" + media.ptime());
        line(sdp, "a=maxptime:" + MOST_PACKET_MILLIS);
        line(sdp, "a=" + media.direction().attribute());
    }

    private String literal() {
        String text = advertised.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
