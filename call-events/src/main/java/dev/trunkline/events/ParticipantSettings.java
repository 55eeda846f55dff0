package dev.trunkline.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * Settings for the caller's participant in the room from a rule, or, for an outbound call, from the requester for the party that is called.
 *
 * @param metadata participant metadata, empty for none
 * @param attributes participant attributes, each a text
 * @param hideNumber the caller's number is kept out of identity, name and attributes
 * @param sipCallId LiveKit's own id of the call, {@code SCL_…}, for a call that LiveKit's SIP API requests; empty for one that is derived
 *     from the call id
 * @param sipTrunkId LiveKit's own id of the trunk, {@code ST_…}, for such a call or for a trunk that came from there; empty for the trunk's
 *     id
 * @param sipRuleId LiveKit's own id of the rule, {@code SDR_…}, for a rule that came from there; empty for the rule's id
 * @param attributesToHeaders attributes of the participant, and the SIP header that carries each of them on the suite's BYE and REFER;
 *     empty for none
 */
public record ParticipantSettings(
        String metadata,
        ObjectNode attributes,
        boolean hideNumber,
        Optional<String> sipCallId,
        Optional<String> sipTrunkId,
        Optional<String> sipRuleId,
        Optional<Map<String, String>> attributesToHeaders) {

    public ParticipantSettings {
        sipCallId = sipCallId == null ? Optional.empty() : sipCallId;
        sipTrunkId = sipTrunkId == null ? Optional.empty() : sipTrunkId;
        sipRuleId = sipRuleId == null ? Optional.empty() : sipRuleId;
        attributesToHeaders = attributesToHeaders == null ? Optional.empty() : attributesToHeaders.map(Map::copyOf);
    }

    /** No settings. */
    public static ParticipantSettings none() {
        return new ParticipantSettings("", JsonNodeFactory.instance.objectNode(), false);
    }

    /** Returns the same settings with attributes that become headers. */
    public ParticipantSettings telling(Map<String, String> headers) {
        return new ParticipantSettings(
                metadata, attributes, hideNumber, sipCallId, sipTrunkId, sipRuleId, Optional.of(headers).filter(pairs -> !pairs.isEmpty()));
    }

    /** For a call that no rule decides. */
    public ParticipantSettings(
            String metadata, ObjectNode attributes, boolean hideNumber, Optional<String> sipCallId, Optional<String> sipTrunkId) {
        this(metadata, attributes, hideNumber, sipCallId, sipTrunkId, Optional.empty(), Optional.empty());
    }

    /** For a call for which LiveKit has no ids of its own. */
    public ParticipantSettings(String metadata, ObjectNode attributes, boolean hideNumber) {
        this(metadata, attributes, hideNumber, Optional.empty(), Optional.empty());
    }
}
