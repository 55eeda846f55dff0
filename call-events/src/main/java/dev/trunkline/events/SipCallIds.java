package dev.trunkline.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The ids that LiveKit's SIP API has for our calls, {@code sip.callID}. */
public final class SipCallIds {
    private static final String ALPHANUMERICS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CHARACTERS = 12;

    private SipCallIds() {}

    /** Returns the id that LiveKit assigned, or else one that is derived from the call id. */
    public static String of(CallRouted route) {
        return route.participant().flatMap(ParticipantSettings::sipCallId).orElseGet(() -> of(route.callId()));
    }

    /** Returns the same in every process: {@code SCL_} and twelve alphanumerics that are derived from the call id. */
    public static String of(CallId callId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(callId.toString().getBytes(StandardCharsets.US_ASCII));
            var id = new StringBuilder("SCL_");
            for (int i = 0; i < CHARACTERS; i++) {
                id.append(ALPHANUMERICS.charAt((hash[i] & 0xff) % ALPHANUMERICS.length()));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
