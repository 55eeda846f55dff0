package dev.trunkline.router.legs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.router.directory.RoomLimits;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.fields.AttributesToHeaders;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.InviteHeaders;
import dev.trunkline.router.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A requested outbound call.
 *
 * @param organisation by name; empty for the tenant's own
 * @param trunk name of the outbound trunk; empty lets the router choose
 * @param callerId the organisation's number to show; empty lets the router choose
 * @param room empty for a new one
 * @param agents with their metadata
 * @param participant empty for nothing
 * @param headers of the INVITE, in addition to those that it has anyway
 * @param ringingSeconds 1 to 180; empty for the suite's default
 * @param longestSeconds how long it may last from its answer, 1 to 86,400; empty for the limit of the organisation's
 *     configuration
 * @param extras further settings of the call
 * @param srtp the minimum that is wanted; empty for the trunk's
 */
record CallWish(
        Optional<String> organisation,
        String to,
        Optional<String> trunk,
        Optional<String> callerId,
        Optional<String> room,
        List<Agent> agents,
        Optional<ParticipantSettings> participant,
        GivenNames names,
        Map<String, String> headers,
        OptionalInt ringingSeconds,
        OptionalInt longestSeconds,
        DialExtras extras,
        Optional<SrtpUse> srtp) {
    static final int MOST_AGENTS = 10;
    static final int LONGEST_ROOM = 128;
    private static final int DAY = 86_400;
    /** livekit-sip sets it as well, and Trunkline has no better value. */
    private static final String HOSTNAME = "sip.hostname";
    private static final String WHAT_TO_WRITE =
            "Write {\"organisation\": \"demo\", \"to\": \"+3225550100\"}, and whatever else the call needs.";

    /** @throws Refused with the fields at fault, never with their contents, because one holds the called number */
    static CallWish read(ObjectNode body) {
        List<Fault> faults = new ArrayList<>();
        CallWish wish = read(new Fields(body, "", faults));
        if (!faults.isEmpty()) {
            throw Refused.malformed(WHAT_TO_WRITE, faults);
        }
        return wish;
    }

    private static CallWish read(Fields fields) {
        String metadata = fields.textOrJson("metadata");
        RoomLimits.metadata(metadata).ifPresent(why -> fields.fault("metadata", why));
        GivenNames names = GivenNames.read(fields);
        var wish = new CallWish(
                text(fields, "organisation"),
                fields.text("to", "a number, a tel: or sip: URI"),
                text(fields, "trunk"),
                text(fields, "caller_id"),
                room(fields),
                agents(fields, metadata),
                participant(fields, metadata, names),
                names,
                InviteHeaders.read(fields),
                fields.integer("ringing_seconds", 1, Ringing.MOST_SECONDS),
                fields.integer("longest_seconds", 1, DAY),
                ExtraFields.read(fields),
                ExtraFields.srtp(fields));
        fields.nothingElse();
        return wish;
    }

    private static Optional<String> room(Fields fields) {
        Optional<String> room = text(fields, "room");
        if (room.filter(name -> name.length() > LONGEST_ROOM || name.chars().anyMatch(Character::isISOControl)).isPresent()) {
            fields.fault("room", "write a name of up to " + LONGEST_ROOM + " characters");
        }
        return room;
    }

    private static List<Agent> agents(Fields fields, String metadata) {
        List<Agent> agents = fields.objects("agents").stream().map(CallWish::agent).toList();
        if (agents.size() > MOST_AGENTS) {
            fields.fault("agents", "write up to " + MOST_AGENTS);
        }
        return RuleTerms.told(agents, metadata);
    }

    private static Agent agent(Fields fields) {
        var agent = new Agent(fields.text("name", "the name that the agent registers with"), fields.textOrJson("metadata"));
        RoomLimits.metadata(agent.metadata()).ifPresent(why -> fields.fault("metadata", why));
        fields.nothingElse();
        return agent;
    }

    private static Optional<ParticipantSettings> participant(Fields fields, String metadata, GivenNames names) {
        ObjectNode attributes = fields.json("attributes");
        attributes.properties().forEach(attribute -> {
            if (!attribute.getValue().isTextual()) {
                fields.fault("attributes." + attribute.getKey(), "an attribute is a text: put it in quotes");
            } else if (attribute.getKey().startsWith("sip.") && !attribute.getKey().equals(HOSTNAME)) {
                fields.fault("attributes." + attribute.getKey(),
                        "attributes that begin with sip. describe the call itself: choose another name");
            }
        });
        RoomLimits.attributes(attributes).ifPresent(why -> fields.fault("attributes", why));
        boolean hidden = fields.bool("hide_phone_number", false);
        Map<String, String> headers = AttributesToHeaders.read(fields);
        return metadata.isEmpty() && attributes.isEmpty() && !hidden && !names.hasIds() && headers.isEmpty()
                ? Optional.empty()
                : Optional.of(new ParticipantSettings(metadata, attributes, hidden, names.sipCallId(), names.sipTrunkId()).telling(headers));
    }

    private static Optional<String> text(Fields fields, String field) {
        return fields.optionalText(field).filter(text -> !text.isEmpty());
    }

    /** Leaves out the called party: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "CallWish[" + organisation.orElse("own").toLowerCase(Locale.ROOT) + "]";
    }
}
