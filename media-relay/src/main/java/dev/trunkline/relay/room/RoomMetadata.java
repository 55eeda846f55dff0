package dev.trunkline.relay.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.CallerSecrets;

/** What an agent finds in the room's metadata, as JSON. */
public final class RoomMetadata {
    private RoomMetadata() {}

    /**
     * {@code {callId, called, caller, organisation: {id, name}, config}}; {@code caller} is empty for an
     * anonymous one and for one whose rule hides the number. A configuration that LiveKit would not take for its length is left
     * out.
     */
    public static String of(CallAdmitted admitted, CallerSecrets caller) {
        ObjectNode metadata = EventJson.MAPPER.createObjectNode()
                .put("callId", admitted.callId().toString())
                .put("called", RoomText.line(admitted.route().invite().called(), RoomText.MOST_NAME))
                .put("caller", SipParticipant.hidesNumber(admitted)
                        ? "" : RoomText.line(caller.number(), RoomText.MOST_NAME));
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
            throw new IllegalStateException("metadata that has no JSON", e);
        }
    }
}
