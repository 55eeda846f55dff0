package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hypothetical outbound call to explain. Fields as in {@link CallWish}. */
record DialQuestion(Optional<String> organisation, String to, Optional<String> trunk, Optional<String> callerId) {
    private static final String WHAT_TO_WRITE =
            "Write {\"organisation\": \"demo\", \"to\": \"+3225550100\"}; trunk and caller_id may be left out.";

    /** @throws Refused with the fields at fault, never with their contents */
    static DialQuestion read(ObjectNode body) {
        List<Fault> faults = new ArrayList<>();
        var fields = new Fields(body, "", faults);
        var question = new DialQuestion(
                text(fields, "organisation"), fields.text("to", "a number, a tel: or sip: URI"), text(fields, "trunk"), text(fields, "caller_id"));
        fields.nothingElse();
        if (!faults.isEmpty()) {
            throw Refused.malformed(WHAT_TO_WRITE, faults);
        }
        return question;
    }

    private static Optional<String> text(Fields fields, String field) {
        return fields.optionalText(field).filter(text -> !text.isEmpty());
    }

    /** Leaves out the called party: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "DialQuestion[]";
    }
}
