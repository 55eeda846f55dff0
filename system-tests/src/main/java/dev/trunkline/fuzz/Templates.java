package dev.trunkline.fuzz;

import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawSip;
import java.util.List;
import java.util.Random;

/** Makes well-formed messages that will be damaged. Not thread-safe. */
final class Templates {
    private static final List<String> METHODS = List.of(
            "BYE", "CANCEL", "ACK", "INFO", "PRACK", "UPDATE", "REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "REFER", "PUBLISH", "NOBODY");
    private static final String RICH_HEADERS = String.join("\r\n",
            "Record-Route: <sip:10.0.0.1;lr>, <sip:[2001:db8::1]:5070;lr;transport=tcp>", "Supported: 100rel, timer, replaces", "Session-Expires: 1800;refresher=uac",
            "Min-SE: 90", "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE", "P-Asserted-Identity: \"A \\\"b\\\" c\" <sip:+32470000001@x>, <tel:+32470000001>",
            "Diversion: <sip:+3225550100@x>;reason=unconditional;counter=1", "History-Info: <sip:a@b?Reason=SIP%3Bcause%3D302>;index=1.1",
            "Authorization: Digest username=\"a\", realm=\"trunkline\", nonce=\"n\", uri=\"sip:x\", response=\"0123456789abcdef0123456789abcdef\", qop=auth, nc=00000001, cnonce=\"c\"",
            "Reason: Q.850;cause=16;text=\"Normal, call; clearing\"", "User-Agent: PBX (a (b) c)", "Date: Sat, 28 Nov 2026 22:00:00 GMT", "");
    private static final String RICH_SDP = String.join("\r\n",
            "b=AS:84", "m=audio 40002 RTP/SAVP 0 8 9 96 101", "c=IN IP6 2001:db8::10", "a=rtpmap:96 opus/48000/2", "a=fmtp:96 useinbandfec=1;stereo=0",
            "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15,66", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:32 FEC_ORDER=FEC_SRTP",
            "a=ptime:20", "a=maxptime:60", "a=sendrecv", "a=rtcp:40003 IN IP4 127.0.0.1", "m=video 0 RTP/AVP 99", "m=image 40004 udptl t38", "");

    private final RawSip sip;
    private final Random random;
    private final String echo;
    private final String unknown;

    /**
     * @param echo a number that is answered
     * @param unknown a number that nobody has
     */
    Templates(RawSip sip, Random random, String echo, String unknown) {
        this.sip = sip;
        this.random = random;
        this.echo = echo;
        this.unknown = unknown;
    }

    /** Returns the next message, of any kind; some belong to the given call. */
    String next(RawCall call) {
        int kind = random.nextInt(20);
        if (kind < 8) {
            return richInvite(unknown);
        }
        // These reach the relay. There are fewer of them, because each can become a call.
        if (kind < 9) {
            return richInvite(echo);
        }
        if (kind < 12) {
            return sip.options();
        }
        if (kind < 16) {
            return sip.head(METHODS.get(random.nextInt(METHODS.size())), unknown, "+32470890001") + "Content-Length: 0\r\n\r\n";
        }
        return switch (kind) {
            case 16 -> call.request("INVITE", "", "application/sdp", sip.offer() + RICH_SDP);
            case 17 -> call.request("UPDATE", "Session-Expires: 1800\r\n", "application/sdp", sip.offer());
            case 18 -> call.request("INFO", "", "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
            default -> sip.options().replaceFirst("OPTIONS .*\r\n", "SIP/2.0 " + (100 + random.nextInt(600)) + " Whatever\r\n");
        };
    }

    private String richInvite(String number) {
        String caller = "+3247089" + (1_000 + random.nextInt(9_000));
        String sdp = random.nextBoolean() ? sip.offer() : sip.offer() + RICH_SDP;
        String invite = random.nextInt(4) == 0 ? multipart(number, caller, sdp) : sip.invite(number, caller, sdp);
        return random.nextBoolean() ? invite : invite.replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + RICH_HEADERS);
    }

    private String multipart(String number, String caller, String sdp) {
        String body = "--b\r\nContent-Type: application/isup;version=x\r\nContent-Disposition: signal;handling=optional\r\n\r\n\u0001\u0010\r\n"
                + "--b\r\nContent-Type: application/sdp\r\n\r\n" + sdp + "\r\n--b--\r\n";
        return sip.invite(number, caller, body).replace("application/sdp\r\nContent-Length", "multipart/mixed;boundary=b\r\nContent-Length");
    }
}
