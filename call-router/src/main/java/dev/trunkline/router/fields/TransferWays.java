package dev.trunkline.router.fields;

import dev.trunkline.events.TransferWay;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads how a caller is transferred. */
public final class TransferWays {
    private TransferWays() {}

    /** Reads a way; empty if the field is missing or, with a fault, if it is not a way. */
    public static Optional<TransferWay> read(Fields fields, String field) {
        Optional<String> written = fields.optionalText(field).filter(text -> !text.isEmpty());
        Optional<TransferWay> meant =
                written.flatMap(text -> Arrays.stream(TransferWay.values()).filter(known -> known.code().equals(text)).findFirst());
        if (written.isPresent() && meant.isEmpty()) {
            fields.fault(field, "write one of " + Arrays.stream(TransferWay.values()).map(TransferWay::code).collect(Collectors.joining(", ")));
        }
        return meant;
    }
}
