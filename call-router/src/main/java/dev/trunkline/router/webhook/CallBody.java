package dev.trunkline.router.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Question;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The request body that tells an application about a call: the fields that Jambonz sends with a new call, and
 * Trunkline's own. The caller is a pseudonym and the last three digits unless its number may be seen. Pure.
 */
final class CallBody {
    private static final int LAST_DIGITS = 3;
    private static final String ANONYMOUS = "anonymous";

    private CallBody() {}

    /** @param requestId the same in each try */
    static byte[] of(Question question, String requestId) {
        Call call = question.call();
        Map<String, String> headers = headers(question);
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        body.put("call_sid", call.id().toString());
        body.put("call_id", call.id().toString());
        body.put("request_id", requestId);
        body.put("account_sid", question.organisation().id());
        body.put("application_sid", question.rule().id());
        body.put("direction", "inbound");
        body.put("call_status", "trying");
        body.put("sip_status", 100);
        body.put("sip_reason", "Trying");
        body.put("from", from(question));
        body.put("to", call.called());
        body.put("caller_name", "");
        body.put("originating_sip_trunk_name", call.trunk().name());
        body.put("trace_id", call.id().traceId());
        ObjectNode sip = body.putObject("sip").put("method", "INVITE");
        sip.set("headers", EventJson.MAPPER.valueToTree(headers));
        body.set("organisation", EventJson.MAPPER.valueToTree(question.organisation()));
        body.put("number", question.number());
        body.set("rule", EventJson.MAPPER.valueToTree(question.rule()));
        body.set("trunk", EventJson.MAPPER.valueToTree(call.trunk()));
        body.set("caller", caller(question));
        body.set("headers", EventJson.MAPPER.valueToTree(headers));
        body.set("config", question.config());
        return bytes(body);
    }

    private static String from(Question question) {
        Call call = question.call();
        if (call.callerNumber().isEmpty()) {
            return ANONYMOUS;
        }
        String number = call.callerNumber().get();
        return question.callerInClear() ? number : call.caller().pseudonym() + "-" + lastDigits(number);
    }

    private static ObjectNode caller(Question question) {
        Call call = question.call();
        ObjectNode caller = EventJson.MAPPER.createObjectNode();
        caller.put("pseudonym", call.caller().pseudonym());
        caller.put(ANONYMOUS, call.callerNumber().isEmpty());
        call.callerNumber().ifPresent(number -> {
            caller.put("last_digits", lastDigits(number));
            if (question.callerInClear()) {
                caller.put("number", number);
            }
        });
        return caller;
    }

    /** Returns the last digits; fewer for a number that is not much longer, so that it stays secret. */
    private static String lastDigits(String number) {
        int shown = Math.min(LAST_DIGITS, Math.max(0, number.length() - LAST_DIGITS));
        return number.substring(number.length() - shown);
    }

    private static Map<String, String> headers(Question question) {
        CallerDigits digits = new CallerDigits(
                question.callerInClear() ? Optional.empty() : question.call().callerNumber());
        var told = new TreeMap<>(question.call().headers());
        told.values().removeIf(digits::in);
        return told;
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return EventJson.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree has a JSON form", e);
        }
    }
}
