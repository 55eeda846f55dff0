package dev.trunkline.relay.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Writes our side of one call's descriptions (RFC 3264 sections 5 and 6). The session id stays the same, and the version rises by one with
 * each description (section 8). Not thread-safe.
 */
public final class SdpWriter {
    /** Longer packets would delay a conversation too much. */
    private static final int MOST_PACKET_MILLIS = 60;
    private static final int USUAL_PACKET_MILLIS = 20;

    private final long sessionId;
    private final OwnAddresses own;
    private final int port;
    private int version;

    /**
     * @param sessionId random, one per call
     * @param own the addresses to which a phone can be told to send
     * @param port our RTP port; RTCP is on the next
     */
    public SdpWriter(long sessionId, OwnAddresses own, int port) {
        this.sessionId = sessionId & Long.MAX_VALUE;
        this.own = own;
        this.port = port;
    }

    /**
     * @param accepted the judgement of an offer
     * @param sealedKey our own SRTP key, if the phone's was accepted
     */
    public String answer(Negotiation.Accepted accepted, Optional<String> sealedKey) {
        StringBuilder sdp = session(accepted.shape().timing(), own.towards(accepted.shape().family()));
        for (int i = 0; i < accepted.shape().sections().size(); i++) {
            AnswerShape.Section section = accepted.shape().sections().get(i);
            if (i == accepted.shape().accepted()) {
                audio(sdp, section.protocol(), AudioFormats.of(accepted.media()), accepted.media().ptime());
                accepted.media().crypto().ifPresent(line ->
                        line(sdp, "a=crypto:" + line.answer(sealedKey.orElseThrow())));
                line(sdp, "a=" + accepted.media().direction().attribute());
            } else {
                line(sdp, "m=" + section.kind() + " 0 " + section.protocol() + " " + String.join(" ", section.formats()));
            }
        }
        return sdp.toString();
    }

    /**
     * Returns an offer of ours, for a phone that asks for one (RFC 3261 section 13.2.1), or that is called.
     *
     * @param formats what we support, the preferred first
     * @param crypto the suite and our own key, sealed, if SRTP is used or offered
     * @param plainToo whether the answer may omit the key: the offer is then plain RTP, in which a phone without SRTP ignores the key
     */
    public String offer(AudioFormats formats, Optional<OwnKey> crypto, boolean plainToo) {
        StringBuilder sdp = session("0 0", own.preferred());
        audio(sdp, crypto.isPresent() && !plainToo ? "RTP/SAVP" : "RTP/AVP", formats, USUAL_PACKET_MILLIS);
        crypto.ifPresent(key -> line(sdp, "a=crypto:1 " + key.suite() + " " + CryptoLine.SEALED + key.sealed()));
        line(sdp, "a=" + MediaDirection.SENDRECV.attribute());
        return sdp.toString();
    }

    /** @param sealed key and salt in base64, sealed */
    public record OwnKey(CryptoSuite suite, String sealed) {}

    /** Returns a writer that continues a session described by another relay. @param before that relay's last description */
    public static SdpWriter after(SdpOrigin before, OwnAddresses own, int port) {
        var writer = new SdpWriter(before.sessionId(), own, port);
        writer.version = before.version();
        return writer;
    }

    private StringBuilder session(String timing, InetAddress ours) {
        String address = (ours instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + literal(ours);
        var sdp = new StringBuilder(512);
        line(sdp, "v=0");
        line(sdp, "o=trunkline " + sessionId + " " + ++version + " " + address);
        line(sdp, "s=-");
        line(sdp, "c=" + address);
        line(sdp, "t=" + timing);
        return sdp;
    }

    private void audio(StringBuilder sdp, String protocol, AudioFormats formats, int ptime) {
        line(sdp, "m=audio " + port + " " + protocol + " " + formats.payloadTypes());
        formats.attributes().forEach(attribute -> line(sdp, attribute));
        // What we would like to receive: the phone's own packets, which go to the room as they are.
        line(sdp, "a=ptime:" + ptime);
        line(sdp, "a=maxptime:" + MOST_PACKET_MILLIS);
    }

    private static String literal(InetAddress ours) {
        String text = ours.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static void line(StringBuilder sdp, String line) {
        sdp.append(line).append("\r\n");
    }
}
