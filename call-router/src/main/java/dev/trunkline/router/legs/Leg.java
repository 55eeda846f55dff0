package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.privacy.DialExtras;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An outbound call as requested, apart from its target.
 *
 * @param parent the call for whose caller it is made, empty for none
 * @param transfer of the parent, empty for none
 * @param number the organisation's number under which it is reported and counted
 * @param room the parent's, or a new one
 * @param agents who are dispatched to it
 * @param participant settings of the called participant in the room; empty for none
 * @param names the called participant's names in the room, if they are not derived from the number
 * @param headers of the INVITE, in addition to those that it has anyway
 * @param ringingSeconds how long it may ring, 1 or more
 * @param longestSeconds how long it may last from its answer, 1 or more; empty for the limit of the organisation's
 *     calls
 * @param takesPlace whether the parent, whose phone requested the call, ends once it is answered
 * @param rate the most calls to the called party in a window
 * @param purpose empty for an ordinary call
 * @param wantedAt when it was requested
 * @param extras further settings of the call
 * @param srtp the minimum that is wanted; empty for the trunk's
 */
record Leg(
        CallId callId,
        DialPurpose dialPurpose,
        Optional<CallId> parent,
        Optional<String> transfer,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String room,
        List<Agent> agents,
        ObjectNode config,
        Optional<ParticipantSettings> participant,
        GivenNames names,
        Map<String, String> headers,
        int ringingSeconds,
        OptionalInt longestSeconds,
        boolean agentsStay,
        boolean takesPlace,
        Limits.CallerRate rate,
        Optional<CallPurpose> purpose,
        Instant wantedAt,
        DialExtras extras,
        Optional<SrtpUse> srtp) {}
