package dev.trunkline.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a rule gives the caller's participant in the room, or who asks for a call out gives whom it calls.
 *
 * @param metadata participant metadata, empty for none
 * @param attributes participant attributes, each a text
 * @param hideNumber the caller's number stays out of identity, name and attributes
 * @param sipCallId LiveKit's own id of the call, {@code SCL_…}, of a call that LiveKit's SIP API asks for; empty for one that follows
 *     from the call id
 * @param sipTrunkId LiveKit's own id of the trunk, {@code ST_…}, likewise; empty for the trunk's id
 */
public record ParticipantSettings(
        String metadata, ObjectNode attributes, boolean hideNumber, Optional<String> sipCallId, Optional<String> sipTrunkId) {

    public ParticipantSettings {
        sipCallId = sipCallId == null ? Optional.empty() : sipCallId;
        sipTrunkId = sipTrunkId == null ? Optional.empty() : sipTrunkId;
    }

    /** Of a call of which LiveKit has no ids of its own. */
    public ParticipantSettings(String metadata, ObjectNode attributes, boolean hideNumber) {
        this(metadata, attributes, hideNumber, Optional.empty(), Optional.empty());
    }
}
