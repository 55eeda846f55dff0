package dev.trunkline.router.legs;

import dev.trunkline.router.fields.Fields;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that a request gives to the called party in the room.
 *
 * @param identity of the participant; empty for one derived from the number
 * @param name likewise
 * @param sipCallId LiveKit's own id of the call, {@code SCL_…}: requests about the call are sent with it, so only an
 *     admin may set it
 * @param sipTrunkId LiveKit's own id of the trunk, {@code ST_…}
 */
record GivenNames(Optional<String> identity, Optional<String> name, Optional<String> sipCallId, Optional<String> sipTrunkId) {
    static final GivenNames NONE = new GivenNames(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int LONGEST = 128;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static GivenNames read(Fields fields) {
        return new GivenNames(line(fields, "identity"), line(fields, "name"), id(fields, "sip_call_id"), id(fields, "sip_trunk_id"));
    }

    boolean hasIds() {
        return sipCallId.isPresent() || sipTrunkId.isPresent();
    }

    private static Optional<String> line(Fields fields, String field) {
        Optional<String> given = fields.optionalText(field).filter(text -> !text.isEmpty());
        if (given.filter(text -> text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)).isPresent()) {
            fields.fault(field, "write one line of up to " + LONGEST + " characters");
        }
        return given;
    }

    private static Optional<String> id(Fields fields, String field) {
        Optional<String> given = fields.optionalText(field).filter(text -> !text.isEmpty());
        if (given.filter(text -> !ID.matcher(text).matches()).isPresent()) {
            fields.fault(field, "write LiveKit's id, up to 64 letters, digits, _ and -");
        }
        return given;
    }

    /** Leaves out the names: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "GivenNames[" + sipCallId.orElse("") + "]";
    }
}
