package dev.trunkline.relay.room;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ids that carriers put into headers, as attributes under the names that livekit-sip gives them. */
final class ProviderAttributes {
    /** By header, in lower case. */
    private static final Map<String, String> NAMES = Map.of(
            "x-twilio-accountsid", "sip.twilio.accountSid",
            "x-twilio-callsid", "sip.twilio.callSid",
            "x-call_leg_id", "sip.telnyx.callLegID",
            "x-call_session_id", "sip.telnyx.callSessionID",
            "x-amzn-connectcontactid", "sip.amazon.contactId",
            "x-amzn-connectinitialcontactid", "sip.amazon.initialContactId",
            "x-amzn-sourceaccount", "sip.amazon.sourceAccount",
            "x-amzn-sourcearn", "sip.amazon.sourceArn",
            "x-amzn-targetarn", "sip.amazon.targetArn");

    private ProviderAttributes() {}

    /** @param headers by name, in any case */
    static Map<String, String> of(Map<String, String> headers) {
        Map<String, String> attributes = new HashMap<>();
        headers.forEach((name, value) ->
                Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT))).ifPresent(attribute -> attributes.put(attribute, value)));
        return attributes;
    }
}
