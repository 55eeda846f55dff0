package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.fields.AttributesToHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code attributes_to_headers} of a LiveKit trunk, which may name any header there. */
final class PartingHeaders {
    private PartingHeaders() {}

    static void read(Message trunk, ObjectNode onto) {
        List<String> refused = new ArrayList<>();
        Map<String, String> headers = new TreeMap<>();
        trunk.pairs(AttributesToHeaders.FIELD).forEach((attribute, header) -> {
            if (AttributesToHeaders.mayBe(header) && headers.values().stream().noneMatch(header::equalsIgnoreCase)) {
                headers.put(attribute, header);
            } else {
                refused.add(header);
            }
        });
        if (!refused.isEmpty()) {
            trunk.warn(AttributesToHeaders.FIELD, "headers of a BYE and a REFER begin with X- here, or are User-to-User, and each is one"
                    + " attribute's: left out is " + String.join(", ", refused));
        }
        if (!headers.isEmpty()) {
            ObjectNode pairs = onto.putObject(AttributesToHeaders.FIELD);
            headers.forEach(pairs::put);
        }
    }
}
