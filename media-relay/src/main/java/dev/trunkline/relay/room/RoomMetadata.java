package dev.trunkline.relay.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.CallerSecrets;

/** The room's metadata for agents, as JSON. */
public final class RoomMetadata {
    private RoomMetadata() {}

    /**
     * Returns {@code {callId, called, caller, organisation: {id, name}, config}}; {@code caller} is empty for an anonymous caller and for
     * one whose rule hides the number. For an outbound call, {@code called} is the party that the suite has called, {@code caller} the
     * number that is shown, and {@code direction} says {@code outbound}. A configuration too long for LiveKit is left out.
     */
    public static String of(CallAdmitted admitted, CallerSecrets caller) {
        boolean out = admitted.route().outgoing().isPresent();
        String ours = RoomText.line(admitted.route().invite().called(), RoomText.MOST_NAME);
        String theirs = SipParticipant.hidesNumber(admitted) ? "" : RoomText.line(caller.number(), RoomText.MOST_NAME);
        ObjectNode metadata = EventJson.MAPPER.createObjectNode()
                .put("callId", admitted.callId().toString())
                .put("called", out ? theirs : ours)
                .put("caller", out ? ours : theirs);
        if (out) {
            metadata.put("direction", CallDirection.OUTBOUND.code());
        }
        metadata.putObject("organisation")
                .put("id", admitted.route().organisation().id())
                .put("name", admitted.route().organisation().name());
        ObjectNode config = admitted.route().config();
        metadata.set("config", config == null ? EventJson.MAPPER.createObjectNode() : config);
        try {
            String text = EventJson.MAPPER.writeValueAsString(metadata);
            if (RoomText.length(text) <= RoomText.MOST_METADATA) {
                return text;
            }
            metadata.putObject("config");
            return EventJson.MAPPER.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata could not be written as JSON", e);
        }
    }
}
