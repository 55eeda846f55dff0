package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.TransferWay;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.InviteHeaders;
import dev.trunkline.router.fields.TransferWays;
import dev.trunkline.router.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A requested transfer of a caller. Fields as in {@link dev.trunkline.events.TransferCall}.
 *
 * @param headers of the INVITE of the call that is made for it
 */
record TransferWish(
        String to,
        Optional<String> trunk,
        Optional<TransferWay> way,
        boolean agentsStay,
        OptionalInt ringingSeconds,
        Map<String, String> headers) {
    private static final String WHAT_TO_WRITE = "Write {\"to\": \"+3225550100\"}, and how the caller is to be transferred.";
    private static final int LONGEST_TO = 256;

    /** @throws Refused with the fields at fault, never with their contents */
    static TransferWish read(ObjectNode body) {
        List<Fault> faults = new ArrayList<>();
        var fields = new Fields(body, "", faults);
        var wish = new TransferWish(
                to(fields),
                fields.optionalText("trunk").filter(text -> !text.isEmpty()),
                TransferWays.read(fields, "way"),
                fields.bool("agents_stay", false),
                fields.integer("ringing_seconds", 1, Ringing.MOST_SECONDS),
                InviteHeaders.read(fields));
        fields.nothingElse();
        if (!faults.isEmpty()) {
            throw Refused.malformed(WHAT_TO_WRITE, faults);
        }
        return wish;
    }

    private static String to(Fields fields) {
        String to = fields.text("to", "a number, a tel: or sip: URI");
        if (to.length() > LONGEST_TO) {
            fields.fault("to", "write up to " + LONGEST_TO + " characters");
        }
        return to;
    }

    /** Leaves out the target: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "TransferWish[" + way.map(TransferWay::code).orElse("any way") + "]";
    }
}
