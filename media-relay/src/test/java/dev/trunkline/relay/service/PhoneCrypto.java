package dev.trunkline.relay.service;

import dev.trunkline.events.CallId;
import dev.trunkline.rtc.srtp.SrtpSession;
import dev.trunkline.rtc.srtp.SrtpSuite;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A phone's side of SDES (RFC 4568), with keys sealed as the edge seals them. */
final class PhoneCrypto {
    private final CallId call;
    private final SrtpSuite suite;
    private final byte[] own = new byte[30];

    PhoneCrypto(CallId call, SrtpSuite suite) {
        this.call = call;
        this.suite = suite;
        new SecureRandom().nextBytes(own);
    }

    /** Returns the offer with SRTP, as the edge passes it on. */
    String secured(String offer) {
        String key = TestCalls.SEALER.seal(call, Base64.getEncoder().encode(own));
        return offer.replace(" RTP/AVP ", " RTP/SAVP ") + "a=crypto:5 " + suite + " sealed:" + key + "|2^31\r\n";
    }

    /** Returns the session that the answer agrees to, as the edge passes it to the phone. */
    SrtpSession agreed(String answer) {
        Matcher line = Pattern.compile("a=crypto:5 " + suite + " sealed:(\\S+)\r\n").matcher(answer);
        if (!line.find()) {
            throw new AssertionError("no key in " + answer);
        }
        byte[] theirs = Base64.getDecoder().decode(TestCalls.SEALER.open(call, line.group(1)));
        return new SrtpSession(suite, key(own), salt(own), key(theirs), salt(theirs));
    }

    private static byte[] key(byte[] both) {
        return Arrays.copyOf(both, 16);
    }

    private static byte[] salt(byte[] both) {
        return Arrays.copyOfRange(both, 16, 30);
    }
}
