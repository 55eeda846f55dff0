package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.routing.Call;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A hypothetical call to explain.
 *
 * @param trunk by name; empty if the router is to find it
 * @param to the called number as the trunk writes it; empty if the Request-URI has it
 * @param from the caller as the trunk writes it; empty for a withheld number
 * @param requestUser the Request-URI's user part, if it is not {@code to}
 * @param headers lower-case name to value
 * @param at for schedules; empty for now
 * @param askWebhooks whether webhooks are really asked
 */
record CallQuestion(
        Optional<String> trunk,
        String to,
        Optional<String> from,
        Optional<String> requestUser,
        Map<String, String> headers,
        Optional<Instant> at,
        boolean askWebhooks) {
    private static final String WHAT_TO_WRITE =
            "Write {\"from\": \"+32470123456\", \"to\": \"+3225550100\", \"trunk\": \"demo\"}; without from, or with"
                    + " \"anonymous\": true, the caller withholds the number; without trunk the trunks are tried.";
    /** Takes the place that the beginning of the caller's pseudonym has in a real room's name. */
    private static final String CALLER = "<caller>";
    private static final String ANONYMOUS = "anonymous";
    private static final String REQUEST_URI = "request-uri";

    /** @throws Refused with the fields at fault, never with their contents, because one holds the caller's number */
    static CallQuestion read(byte[] body) {
        List<Fault> faults = new ArrayList<>();
        CallQuestion question = read(new Fields(parse(body), "", faults));
        if (!faults.isEmpty()) {
            throw Refused.malformed(WHAT_TO_WRITE, faults);
        }
        return question;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Optional.ofNullable(EventJson.MAPPER.readTree(body))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> Refused.malformed(WHAT_TO_WRITE));
        } catch (IOException e) {
            // The parser's message would quote the caller's number.
            throw Refused.malformed(WHAT_TO_WRITE);
        }
    }

    private static CallQuestion read(Fields fields) {
        Optional<String> requestUser = fields.optionalText("request_uri_user").filter(text -> !text.isEmpty());
        String to = requestUser.isPresent()
                ? fields.optionalText("to").orElse("")
                : fields.text("to", "the called number as the trunk writes it");
        Optional<String> from = fields.optionalText("from")
                .filter(text -> !text.isEmpty() && !text.equalsIgnoreCase(ANONYMOUS));
        if (fields.bool(ANONYMOUS, false) && from.isPresent()) {
            fields.fault(ANONYMOUS, "a caller who withholds the number has none: leave from out");
        }
        var question = new CallQuestion(
                fields.optionalText("trunk").filter(text -> !text.isEmpty()),
                to,
                from,
                requestUser,
                headers(fields),
                fields.optionalText("at").flatMap(text -> instant(fields, text)),
                fields.bool("ask_webhooks", false));
        fields.nothingElse();
        return question;
    }

    private static Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.json("headers").properties().forEach(header -> {
            if (!header.getValue().isTextual()) {
                fields.fault("headers." + header.getKey(), "write the header's value as a text");
            }
            headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText());
        });
        return headers;
    }

    private static Optional<Instant> instant(Fields fields, String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            fields.fault("at", "write a moment with its offset, for example 2026-12-24T17:30:00+01:00 or 2026-12-24T16:30:00Z");
            return Optional.empty();
        }
    }

    /** Returns the call as the edge would report it: the numbers read where the trunk says, by the trunk's number plan. */
    Call call(CallId id, TrunkView view, Instant now) {
        String place = view.trunk().calledFrom().stream().filter(this::names).findFirst().orElse(REQUEST_URI);
        boolean inRequest = place.equals(REQUEST_URI);
        String received = inRequest ? requestUser.orElse(to) : to;
        return new Call(
                id,
                view.trunk().ref(),
                received,
                view.plan().normalise(received).text(),
                new Caller(CALLER, from.isEmpty()),
                from.map(text -> view.plan().normalise(text).text()),
                headers,
                inRequest ? Optional.empty() : Optional.of(new NumbersFrom(place, "from")),
                at.orElse(now));
    }

    /** Returns whether the call has a number there: only a call that was forwarded has Diversion or History-Info. */
    private boolean names(String place) {
        return switch (place) {
            case REQUEST_URI -> true;
            case "to" -> !to.isEmpty();
            default -> !to.isEmpty() && headers.containsKey(place);
        };
    }

    CallQuestion with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new CallQuestion(trunk, to, from, requestUser, more, at, askWebhooks);
    }

    /** Leaves the caller out: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CallQuestion[" + trunk.orElse("any trunk") + "]";
    }
}
