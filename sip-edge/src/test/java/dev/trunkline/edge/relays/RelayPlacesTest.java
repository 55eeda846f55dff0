package dev.trunkline.edge.relays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelayPlacesTest {
    private final List<String> removed = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private RelayPlaces places(RelayPlaces.Group group) {
        return new RelayPlaces(group, Runnable::run, new ContainedFaults(metrics));
    }

    @Test
    void aRelayLosesItsPlaceOnceInEachSilence() {
        RelayPlaces places = places(removed::add);
        places.look(Set.of());
        places.look(Set.of("relay-1"));
        places.look(Set.of("relay-1"));
        places.look(Set.of("relay-1", "relay-2"));
        assertThat(removed).containsExactly("relay-1", "relay-2");
        places.look(Set.of("relay-2"));
        places.look(Set.of("relay-1", "relay-2"));
        assertThat(removed).as("it was heard again, and is silent again").containsExactly("relay-1", "relay-2", "relay-1");
    }

    static List<Throwable> failures() {
        return List.of(
                new ExecutionException(new UnknownMemberIdException("Kafka missed it before")),
                new ExecutionException(new GroupAuthorizationException(RelayPlaces.GROUP)),
                new java.util.concurrent.TimeoutException("Kafka does not answer"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPlaceThatCannotBeTakenKeepsNoOtherFromBeingTaken(Exception failure) {
        RelayPlaces places = places(relay -> {
            removed.add(relay);
            throw failure;
        });
        places.look(Set.of("relay-1"));
        places.look(Set.of("relay-1", "relay-2"));
        assertThat(removed).containsExactly("relay-1", "relay-2");
        assertThat(metrics.find("trunkline.contained.faults").counters()).allSatisfy(faults -> assertThat(faults.count()).isZero());
    }
}
