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
 * A call out as whoever wants it says, apart from whom it calls.
 *
 * @param parent the call for whose caller it is made, empty for none
 * @param transfer of the parent, empty for none
 * @param number the organisation's number that it is told and counted under
 * @param room of the parent, or a new one
 * @param agents who are dispatched to it
 * @param participant what whoever is called gets in the room; empty for nothing
 * @param names what whoever is called is named in the room, where that does not follow from the number
 * @param headers of the INVITE, besides those that it has
 * @param ringingSeconds how long it may ring, 1 or more
 * @param longestSeconds how long it may last from its answer, 1 or more; empty for as long as the organisation's calls may
 * @param takesPlace whether the parent ends once it is answered, whose phone asked for it
 * @param rate most calls of whoever is called in a window
 * @param purpose empty for a call of somebody who wants to talk
 * @param wantedAt when it was asked for
 * @param extras what it is to have besides
 * @param srtp that is wanted at least; empty for what the trunk says
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
