package dev.trunkline.router.dialling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.TraceStep;
import java.util.ArrayList;
import java.util.List;

/**
 * How many outbound calls an organisation may make: {@code calls_out} of the configuration of suite and organisation,
 * which numbers, and therefore tenants, cannot override.
 *
 * @param atOnce the most concurrent outbound calls; 0 for none at all
 * @param hourly the most in an hour; 0 for none at all
 * @param longestSeconds how long one may last from its answer, 1 or more
 * @param byPhones where phones may send the other side of their call
 * @param faults values that are not understood; the default applies instead
 */
public record CallsOut(int atOnce, int hourly, int longestSeconds, PhoneTransfers byPhones, List<TraceStep> faults) {
    /** The configuration's field. */
    public static final String FIELD = "calls_out";

    static final int AT_ONCE = 10;
    static final int HOURLY = 100;
    static final int LONGEST_SECONDS = 7_200;
    static final PhoneTransfers BY_PHONES = PhoneTransfers.EXTENSIONS;
    private static final int MOST = 1_000_000;

    public CallsOut {
        faults = List.copyOf(faults);
    }

    /** @param config the suite's, with that of the organisation merged over it */
    static CallsOut of(ObjectNode config) {
        var faults = new ArrayList<TraceStep>();
        JsonNode field = config.path(FIELD);
        if (!field.isMissingNode() && !field.isObject()) {
            faults.add(fault("%s of the configuration is not an object: write {\"max_concurrent\": %d}; the defaults apply"
                    .formatted(FIELD, AT_ONCE)));
        }
        return new CallsOut(
                number(field, "max_concurrent", 0, AT_ONCE, faults),
                number(field, "max_per_hour", 0, HOURLY, faults),
                number(field, "longest_seconds", 1, LONGEST_SECONDS, faults),
                byPhones(field, faults),
                faults);
    }

    private static int number(JsonNode field, String name, int least, int otherwise, List<TraceStep> faults) {
        JsonNode value = field.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (value.canConvertToInt() && value.isIntegralNumber() && value.intValue() >= least && value.intValue() <= MOST) {
            return value.intValue();
        }
        faults.add(fault("%s.%s is not a whole number from %d to %,d: the default %d applies"
                .formatted(FIELD, name, least, MOST, otherwise)));
        return otherwise;
    }

    private static PhoneTransfers byPhones(JsonNode field, List<TraceStep> faults) {
        JsonNode value = field.path("by_phones");
        if (value.isMissingNode()) {
            return BY_PHONES;
        }
        return PhoneTransfers.of(value.asText()).orElseGet(() -> {
            faults.add(fault("%s.by_phones is neither none nor extensions nor all: %s applies".formatted(FIELD, BY_PHONES.code())));
            return BY_PHONES;
        });
    }

    private static TraceStep fault(String detail) {
        return new TraceStep("calls-out-misread", detail + ".");
    }

    boolean none() {
        return atOnce == 0 || hourly == 0;
    }
}
