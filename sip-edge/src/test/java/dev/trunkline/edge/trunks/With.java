package dev.trunkline.edge.trunks;

import dev.trunkline.events.Trunk;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Trunks with settings that most trunks do not have. */
public final class With {
    private With() {}

    static Trunk transports(Trunk trunk, String... transports) {
        return with(trunk, trunk.numbers(), List.of(transports), trunk.sealedUsers());
    }

    static Trunk numbers(Trunk trunk, String... numbers) {
        return with(trunk, List.of(numbers), trunk.transports(), trunk.sealedUsers());
    }

    public static Trunk users(Trunk trunk, String sealed) {
        return with(trunk, trunk.numbers(), trunk.transports(), Optional.of(sealed));
    }

    public static Trunk quota(Trunk trunk, OptionalInt invitesPerSecond, OptionalInt earlyCalls) {
        return new Trunk(trunk.id(), trunk.name(), trunk.addresses(), trunk.country(), trunk.headersToRoom(), List.of(),
                List.of(), List.of(), List.of(), trunk.numbers(), trunk.transports(), trunk.sealedUsers(), invitesPerSecond,
                earlyCalls);
    }

    private static Trunk with(Trunk trunk, List<String> numbers, List<String> transports, Optional<String> users) {
        return new Trunk(trunk.id(), trunk.name(), trunk.addresses(), trunk.country(), trunk.headersToRoom(), List.of(),
                List.of(), List.of(), List.of(), numbers, transports, users, trunk.invitesPerSecond(), trunk.earlyCalls());
    }
}
