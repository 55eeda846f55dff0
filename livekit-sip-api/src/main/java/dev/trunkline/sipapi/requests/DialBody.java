package dev.trunkline.sipapi.requests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.sipapi.wire.CreateRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts LiveKit's request to the router's {@code POST /calls}. Pure. */
final class DialBody {
    private static final int MOST_RINGING = 180;
    private static final int DAY = 86_400;
    private static final String HOSTNAME = "sip.hostname";
    /** There is no noise cancellation here as in livekit-sip: the agent in the room is told that it is wanted. */
    private static final String KRISP = "trunkline.krispEnabled";

    private DialBody() {}

    /** @param organisation for which the call is made; empty if there is only one */
    static ObjectNode of(CreateRequest request, TrunkFinder.Found trunk, Optional<String> organisation) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("to", request.to())
                .put("trunk", trunk.name())
                .put("room", request.room())
                .put("sip_call_id", request.sipCallId())
                .put("sip_trunk_id", request.sipTrunkId());
        organisation.ifPresent(name -> body.put("organisation", name));
        put(body, "identity", request.identity());
        put(body, "name", request.name());
        put(body, "metadata", request.metadata());
        if (trunk.callerId().filter(shown -> same(shown, request.number())).isEmpty()) {
            put(body, "caller_id", request.number());
        }
        if (request.ringingSeconds() > 0) {
            body.put("ringing_seconds", Math.min(request.ringingSeconds(), MOST_RINGING));
        }
        if (request.longestSeconds() > 0) {
            body.put("longest_seconds", Math.min(request.longestSeconds(), DAY));
        }
        ObjectNode headers = body.putObject("headers");
        request.headers().forEach(headers::put);
        ObjectNode attributes = body.putObject("attributes");
        for (Map.Entry<String, String> attribute : request.attributes().entrySet()) {
            // Trunkline sets the other attributes with this prefix itself.
            if (!attribute.getKey().startsWith("sip.") || attribute.getKey().equals(HOSTNAME)) {
                attributes.put(attribute.getKey(), attribute.getValue());
            }
        }
        if (request.extras().krisp()) {
            attributes.put(KRISP, "true");
        }
        besides(request, body);
        return body.put("hide_phone_number", request.hidesNumber());
    }

    private static void besides(CreateRequest request, ObjectNode body) {
        put(body, "keys", request.dtmf().toUpperCase(Locale.ROOT).replace('W', 'w'));
        put(body, "display_name", request.extras().displayName());
        if (request.playDialtone()) {
            body.put("dial_tone", true);
        }
        switch (request.encryption()) {
            case OFF -> { }
            case ALLOW -> body.put("srtp", "offer");
            case REQUIRE -> body.put("srtp", "require");
        }
        if (request.extras().include() != CreateRequest.IncludeHeaders.NONE) {
            body.put("answer_headers", request.extras().include().name().toLowerCase(Locale.ROOT));
        }
        if (!request.extras().headersToAttributes().isEmpty()) {
            ObjectNode mapping = body.putObject("headers_to_attributes");
            request.extras().headersToAttributes().forEach(mapping::put);
        }
        Map<String, String> parting = PartingHeaders.of(request.extras().attributesToHeaders());
        if (!parting.isEmpty()) {
            ObjectNode mapping = body.putObject("attributes_to_headers");
            parting.forEach(mapping::put);
        }
    }

    private static void put(ObjectNode body, String field, String text) {
        if (!text.isEmpty()) {
            body.put(field, text);
        }
    }

    /** Compares two numbers by their digits, however they are written. */
    private static boolean same(String one, String another) {
        return digits(one).equals(digits(another));
    }

    private static String digits(String number) {
        return number.codePoints().filter(character -> character >= '0' && character <= '9')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
