package dev.trunkline.router.apply;

import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.fields.Fields;
import java.util.Optional;
import java.util.OptionalInt;

/** How often one caller may call, as a person writes it. */
public final class CallRates {
    /** More than any number or organisation needs; also the bound of concurrent calls. */
    public static final int MOST_CALLS = 1_000_000;

    private static final int MOST_WINDOW_SECONDS = 30 * 24 * 3600;

    private CallRates() {}

    /** Reads a rate; empty if the field is missing or, with a fault, if it is wrong. */
    public static Optional<CallRate> read(Fields fields, String field) {
        return fields.object(field).flatMap(rate -> {
            OptionalInt calls = rate.integer("calls", 1, MOST_CALLS);
            OptionalInt window = rate.integer("window_seconds", 1, MOST_WINDOW_SECONDS);
            rate.nothingElse();
            if (calls.isEmpty() || window.isEmpty()) {
                fields.fault(field, "write both, for example {\"calls\": 10, \"window_seconds\": 3600}");
                return Optional.empty();
            }
            return Optional.of(new CallRate(calls.getAsInt(), window.getAsInt()));
        });
    }
}
