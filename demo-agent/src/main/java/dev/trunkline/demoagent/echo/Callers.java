package dev.trunkline.demoagent.echo;

import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The participants in the room, and which of them is the caller: the one from the telephone network, or else the first person.
 * Agents, recorders and the like are never the caller.
 */
final class Callers {
    static final String CALL_STATUS = "sip.callStatus";

    private final Map<String, RemoteParticipant> present = new LinkedHashMap<>();
    private Optional<RemoteParticipant> caller = Optional.empty();

    void joined(RemoteParticipant participant) {
        present.put(participant.identity(), participant);
        choose();
    }

    void left(RemoteParticipant participant) {
        // Another participant with the same identity may be there already.
        present.computeIfPresent(participant.identity(), (identity, there) -> there.sid().equals(participant.sid()) ? null : there);
        choose();
    }

    Optional<RemoteParticipant> caller() {
        return caller;
    }

    /** Called for each packet. */
    boolean isCaller(String identity) {
        return caller.isPresent() && caller.get().identity().equals(identity);
    }

    private void choose() {
        caller = first(ParticipantKind.SIP).or(() -> first(ParticipantKind.STANDARD));
    }

    /** Whether the caller hears the room's audio; empty if only the telephone network would know. */
    Optional<Boolean> answered() {
        return caller.flatMap(it -> it.kind() == ParticipantKind.SIP
                ? Optional.ofNullable(it.attributes().get(CALL_STATUS)).map("active"::equals)
                : Optional.of(true));
    }

    private Optional<RemoteParticipant> first(ParticipantKind kind) {
        return present.values().stream().filter(participant -> participant.kind() == kind).findFirst();
    }
}
