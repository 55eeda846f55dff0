package dev.trunkline.relay.room;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.privacy.CallerSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The caller as a participant of kind SIP, with the names and attributes that livekit-sip gives it, so that agents written
 * for livekit-sip run unchanged.
 *
 * @param identity {@code sip_<from>}; a number, so it never goes to a log
 * @param name {@code Phone <from>}
 */
public record SipParticipant(String identity, String name, Map<String, String> attributes) {
    /** The attribute that says how far the call is. */
    public static final String CALL_STATUS = "sip.callStatus";
    public static final String RINGING = "ringing";
    public static final String ACTIVE = "active";
    public static final String HANGUP = "hangup";

    private static final String ALPHANUMERICS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int CALL_ID_CHARACTERS = 12;

    public SipParticipant {
        attributes = Map.copyOf(attributes);
    }

    public static SipParticipant of(CallAdmitted admitted, CallerSecrets caller) {
        InviteReceived invite = admitted.route().invite();
        // Anonymous callers have no number to be told apart by.
        String from = caller.number().isEmpty() ? "anonymous_" + sipCallId(invite.callId()).substring(4) : caller.number();
        String shown = caller.number().isEmpty() ? "anonymous" : caller.number();
        Map<String, String> attributes = new HashMap<>();
        caller.headers().forEach((name, value) -> attributes.put("sip.h." + name.toLowerCase(Locale.ROOT), value));
        attributes.put("sip.callID", sipCallId(invite.callId()));
        attributes.put("sip.callIDFull", caller.sipCallId());
        attributes.put("sip.trunkID", invite.trunk().id());
        attributes.put("sip.ruleID", admitted.route().rule().id());
        attributes.put("sip.phoneNumber", caller.number());
        attributes.put("sip.trunkPhoneNumber", invite.called());
        attributes.put(CALL_STATUS, RINGING);
        attributes.put("trunkline.callId", invite.callId().toString());
        // LiveKit takes an empty value for "delete this attribute".
        attributes.values().removeIf(value -> value == null || value.isEmpty());
        return new SipParticipant("sip_" + from, "Phone " + shown, attributes);
    }

    /** The same for every relay that sees the call: {@code SCL_} and twelve alphanumerics that follow from the call id. */
    static String sipCallId(CallId callId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(callId.toString().getBytes(StandardCharsets.US_ASCII));
            var id = new StringBuilder("SCL_");
            for (int i = 0; i < CALL_ID_CHARACTERS; i++) {
                id.append(ALPHANUMERICS.charAt((hash[i] & 0xff) % ALPHANUMERICS.length()));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** Says nothing: identity, name and attributes are the caller's number. */
    @Override
    public String toString() {
        return "SipParticipant[…]";
    }
}
