package dev.trunkline.console.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One call with everything known about it.
 *
 * @param notes that people wrote, oldest first
 * @param legs calls that were placed on behalf of its caller
 */
public record CallDetail(PastCall call, Optional<Quality> quality, List<Note> notes, List<UUID> legs, Optional<UUID> parent) {

    /** As last counted by the relay. */
    public record Quality(double mos, double jitterMillis, long lost, OptionalLong packetsReceived, OptionalLong packetsSent) {}

    public record Note(Instant at, String by, String text) {}

    /** Returns the call's fields, with the notes themselves instead of their number. */
    ObjectNode json(ObjectMapper json) {
        ObjectNode node = json.valueToTree(call);
        quality.ifPresent(known -> node.set("quality", json.valueToTree(known)));
        node.set("notes", json.valueToTree(notes));
        node.set("legs", json.valueToTree(legs));
        parent.ifPresent(known -> node.put("parent", known.toString()));
        return node;
    }
}
