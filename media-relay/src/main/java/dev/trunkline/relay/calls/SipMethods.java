package dev.trunkline.relay.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The methods that livekit-sip's participants have (LiveKit's SIPParticipantV1), their requests and responses in protobuf's JSON:
 * {@code lk.sip.GetRemoteHeaders} returns the headers of the other side's INVITE that are the participant's attributes, {@code
 * lk.sip.EndCall} hangs up. Whatever somebody in the room sends, the call continues. Used in the call's queue only.
 */
final class SipMethods {
    static final String GET_REMOTE_HEADERS = "lk.sip.GetRemoteHeaders";
    static final String END_CALL = "lk.sip.EndCall";

    private static final String HEADER = "sip.h.";
    /** A request names headers; it is rejected if it names more of them than any message has. */
    private static final int MOST_NAMES = 256;

    private final Map<String, String> attributes;
    private final BiConsumer<EndReason, String> end;
    private final ContainedFaults faults;

    /** @param attributes the participant's; {@code sip.h.*} are the headers, without those that a hidden number removes */
    SipMethods(Map<String, String> attributes, BiConsumer<EndReason, String> end, ContainedFaults faults) {
        this.attributes = attributes;
        this.end = end;
        this.faults = faults;
    }

    static boolean knows(String method) {
        return method.equals(GET_REMOTE_HEADERS) || method.equals(END_CALL);
    }

    void called(RpcCall call) {
        try {
            if (!RoomAgents.mayAsk(call.caller())) {
                call.fail(new RpcError(RpcError.APPLICATION_ERROR, "Only agents and people may call this method for a caller."));
                return;
            }
            JsonNode request = EventJson.MAPPER.readTree(call.payload().isBlank() ? "{}" : call.payload());
            if (!request.isObject()) {
                malformed(call);
            } else if (call.method().equals(END_CALL)) {
                // Respond first: the requester may disappear with the room.
                call.respond("{}");
                end.accept(EndReason.REQUESTED, "somebody in the room called " + END_CALL);
            } else {
                call.respond(headers(names(request, "include"), names(request, "exclude")));
            }
        } catch (JsonProcessingException e) {
            malformed(call);
        } catch (Throwable fault) {
            faults.caught("sip-method", fault);
            call.fail(new RpcError(RpcError.APPLICATION_ERROR, "The relay could not handle the request."));
        }
    }

    private static void malformed(RpcCall call) {
        call.fail(new RpcError(RpcError.APPLICATION_ERROR, "The request is not a JSON object: send {}."));
    }

    private String headers(Set<String> include, Set<String> exclude) {
        Map<String, String> told = new TreeMap<>();
        attributes.forEach((attribute, value) -> {
            String name = attribute.startsWith(HEADER) ? attribute.substring(HEADER.length()) : "";
            if (!name.isEmpty() && !exclude.contains(name) && (include.isEmpty() || include.contains(name))) {
                told.put(name, value);
            }
        });
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        if (!told.isEmpty()) {
            ObjectNode headers = answer.putObject("headers");
            told.forEach(headers::put);
        }
        return answer.toString();
    }

    private static Set<String> names(JsonNode request, String field) {
        return request.path(field).valueStream()
                .limit(MOST_NAMES)
                .map(name -> name.asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
