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
 * @param sipTrunkId LiveKit's own id of the trunk, {@code ST_…}, likewise or of a trunk that came from there; empty for the trunk's id
 * @param sipRuleId LiveKit's own id of the rule, {@code SDR_…}, of a rule that came from there; empty for the rule's id
 */
public record ParticipantSettings(
        String metadata,
        ObjectNode attributes,
        boolean hideNumber,
        Optional<String> sipCallId,
        Optional<String> sipTrunkId,
        Optional<String> sipRuleId) {

    public ParticipantSettings {
        sipCallId = sipCallId == null ? Optional.empty() : sipCallId;
        sipTrunkId = sipTrunkId == null ? Optional.empty() : sipTrunkId;
        sipRuleId = sipRuleId == null ? Optional.empty() : sipRuleId;
    }

    /** Of a call that no rule decides. */
    public ParticipantSettings(
            String metadata, ObjectNode attributes, boolean hideNumber, Optional<String> sipCallId, Optional<String> sipTrunkId) {
        this(metadata, attributes, hideNumber, sipCallId, sipTrunkId, Optional.empty());
    }

    /** Of a call of which LiveKit has no ids of its own. */
    public ParticipantSettings(String metadata, ObjectNode attributes, boolean hideNumber) {
        this(metadata, attributes, hideNumber, Optional.empty(), Optional.empty());
    }
}
