package dev.trunkline.dispatcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.livekit.Participant;
import dev.trunkline.events.Agent;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final Agent CLERK = new Agent("clerk", "");
    private static final Agent SCRIBE = new Agent("scribe", "");

    private static Participant agent(String name) {
        return new Participant("id-" + name, true, name);
    }

    @Test
    void eachOfThoseWhoAreWantedMustBeThere() {
        assertThat(Crew.complete(List.of(CLERK, SCRIBE), List.of(agent("scribe"), agent("clerk")))).isTrue();
        assertThat(Crew.complete(List.of(CLERK, SCRIBE), List.of(agent("clerk")))).isFalse();
        assertThat(Crew.complete(List.of(CLERK), List.of())).isFalse();
    }

    @Test
    void oneDoesNotStandForTwo() {
        assertThat(Crew.complete(List.of(CLERK, CLERK), List.of(agent("clerk")))).isFalse();
        assertThat(Crew.complete(List.of(CLERK, CLERK), List.of(agent("clerk"), agent("clerk")))).isTrue();
    }

    @Test
    void whoeverIsNoAgentOrAnotherOneIsNotCounted() {
        assertThat(Crew.complete(List.of(CLERK), List.of(new Participant("anna", false, "")))).isFalse();
        assertThat(Crew.complete(List.of(CLERK), List.of(agent("scribe")))).isFalse();
    }

    @Test
    void anAgentWhoseNameIsNotToldStandsForAny() {
        assertThat(Crew.complete(List.of(CLERK), List.of(agent("")))).isTrue();
    }
}
