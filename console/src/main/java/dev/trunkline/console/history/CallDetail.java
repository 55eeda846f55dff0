package dev.trunkline.console.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One call with all that is known of it.
 *
 * @param notes what people wrote, the oldest first
 * @param legs calls that were made for its caller
 */
public record CallDetail(PastCall call, Optional<Quality> quality, List<Note> notes, List<UUID> legs, Optional<UUID> parent) {

    /** As the relay counted last. */
    public record Quality(double mos, double jitterMillis, long lost, OptionalLong packetsReceived, OptionalLong packetsSent) {}

    public record Note(Instant at, String by, String text) {}

    /** The call's fields, with the notes themselves in place of their number. */
    ObjectNode json(ObjectMapper json) {
        ObjectNode node = json.valueToTree(call);
        quality.ifPresent(known -> node.set("quality", json.valueToTree(known)));
        node.set("notes", json.valueToTree(notes));
        node.set("legs", json.valueToTree(legs));
        parent.ifPresent(known -> node.put("parent", known.toString()));
        return node;
    }
}
