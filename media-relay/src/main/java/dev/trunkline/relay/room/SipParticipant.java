package dev.trunkline.relay.room;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.SipCallIds;
import dev.trunkline.events.privacy.CallerSecrets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The caller, or the party that the suite has called, as a participant of kind SIP, with the names and attributes that livekit-sip gives
 * it, so that agents written for livekit-sip run unchanged.
 *
 * Whatever the caller sent is limited to LiveKit's maximum sizes and to printable characters ({@link RoomText}): no name, number or header
 * makes LiveKit refuse the join, or reaches an agent's terminal as more than text.
 *
 * @param identity {@code sip_<from>}; a number, so it never goes to a log
 * @param name {@code Phone <from>}
 * @param metadata the participant's, as the rule says; empty for none
 */
public record SipParticipant(String identity, String name, String metadata, Map<String, String> attributes) {
    /** The attribute with the state of the call. */
    public static final String CALL_STATUS = "sip.callStatus";
    /** Trunkline's id of the participant's call. */
    public static final String CALL_ID = "trunkline.callId";
    /** {@code outbound} for a party that the suite has called; callers have none. */
    public static final String DIRECTION = "trunkline.direction";
    /** Id of the call for whose caller an outbound call is made. */
    public static final String PARENT = "trunkline.parent";
    /** {@code true} while somebody in the room holds the caller; missing otherwise. */
    public static final String HELD = "trunkline.held";
    /** The other side's tag of the dialog. */
    public static final String CALL_TAG = "sip.callTag";
    public static final String DIALING = "dialing";
    public static final String RINGING = "ringing";
    /** Keys are being dialled to the party that has answered. */
    public static final String AUTOMATION = "automation";
    public static final String ACTIVE = "active";
    public static final String HANGUP = "hangup";

    public SipParticipant {
        attributes = Map.copyOf(attributes);
    }

    public static SipParticipant of(CallAdmitted admitted, CallerSecrets caller) {
        InviteReceived invite = admitted.route().invite();
        Optional<ParticipantSettings> settings = admitted.route().participant();
        Map<String, String> given = new HashMap<>();
        settings.ifPresent(rule -> rule.attributes().properties()
                .forEach(attribute -> given.put(attribute.getKey(), attribute.getValue().asText())));
        given.putAll(headers(admitted, caller));
        // A rule can never change what the system says about the call.
        Map<String, String> attributes = RoomText.attributes(given, known(admitted, caller));
        String metadata = settings.map(ParticipantSettings::metadata)
                .filter(text -> RoomText.length(text) <= RoomText.MOST_METADATA)
                .orElse("");
        if (caller.number().isEmpty()) {
            // Anonymous callers have no number to tell them apart.
            String identity = "sip_anonymous_" + SipCallIds.of(invite.callId()).substring(4);
            return new SipParticipant(identity, "Phone anonymous", metadata, attributes);
        }
        boolean hidden = hidesNumber(admitted);
        // The requester of an outbound call may have chosen both.
        String identity = caller.identity()
                .orElseGet(() -> hidden ? HiddenNumber.identity(invite.caller()) : "sip_" + caller.number());
        String name = caller.participantName()
                .orElseGet(() -> hidden ? new HiddenNumber(caller).name() : "Phone " + caller.number());
        return new SipParticipant(RoomText.identity(identity), RoomText.line(name, RoomText.MOST_NAME), metadata, attributes);
    }

    /** Returns the same participant in a later state of the call. @param status as in {@link #CALL_STATUS} */
    public SipParticipant with(String status) {
        Map<String, String> changed = new HashMap<>(attributes);
        changed.put(CALL_STATUS, status);
        return new SipParticipant(identity, name, metadata, changed);
    }

    /** Returns whether the rule keeps the caller's number out of the room. */
    public static boolean hidesNumber(CallAdmitted admitted) {
        return admitted.route().participant().map(ParticipantSettings::hideNumber).orElse(false);
    }

    private static Map<String, String> headers(CallAdmitted admitted, CallerSecrets caller) {
        Map<String, String> headers = hidesNumber(admitted) ? new HiddenNumber(caller).headers() : caller.headers();
        Map<String, String> attributes = ProviderAttributes.of(headers);
        headers.forEach((name, value) -> attributes.putIfAbsent("sip.h." + name.toLowerCase(Locale.ROOT), value));
        return attributes;
    }

    private static Map<String, String> known(CallAdmitted admitted, CallerSecrets caller) {
        InviteReceived invite = admitted.route().invite();
        boolean hidden = hidesNumber(admitted);
        Optional<OutgoingLeg> leg = admitted.route().outgoing();
        Map<String, String> attributes = new HashMap<>();
        Optional<ParticipantSettings> settings = admitted.route().participant();
        attributes.put("sip.callID", SipCallIds.of(admitted.route()));
        attributes.put("sip.callIDFull", caller.sipCallId());
        attributes.put("sip.trunkID", settings.flatMap(ParticipantSettings::sipTrunkId).orElseGet(invite.trunk()::id));
        if (leg.isEmpty()) {
            attributes.put("sip.ruleID", admitted.route().rule().id());
        }
        // As in livekit-sip, a hidden caller's room learns neither number.
        attributes.put("sip.phoneNumber", hidden ? "" : caller.number());
        attributes.put("sip.trunkPhoneNumber", hidden ? "" : invite.called());
        caller.callTag().ifPresent(tag -> attributes.put(CALL_TAG, tag));
        if (!hidden) {
            caller.hostname().ifPresent(host -> attributes.put("sip.hostname", host));
        }
        attributes.put(CALL_STATUS, leg.isPresent() ? DIALING : RINGING);
        attributes.put(CALL_ID, invite.callId().toString());
        leg.ifPresent(out -> {
            attributes.put(DIRECTION, CallDirection.OUTBOUND.code());
            out.parent().ifPresent(parent -> attributes.put(PARENT, parent.toString()));
        });
        Optional<ParticipantSettings> liveKits = admitted.route().participant();
        liveKits.flatMap(ParticipantSettings::sipTrunkId).ifPresent(id -> attributes.put("sip.trunkID", id));
        liveKits.flatMap(ParticipantSettings::sipRuleId).ifPresent(id -> attributes.put("sip.ruleID", id));
        return attributes;
    }

    /** Reveals nothing: identity, name and attributes contain the caller's number. */
    @Override
    public String toString() {
        return "SipParticipant[…]";
    }
}
