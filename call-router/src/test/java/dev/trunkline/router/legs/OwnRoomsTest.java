package dev.trunkline.router.legs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rooms and agents that a tenant may name. */
class OwnRoomsTest {
    private static final Organisation BAKERY = organisation("bakery");
    private static final Organisation CINEMA = organisation("cinema");

    private final Directory directory = Directory.of(1, List.of(BAKERY, CINEMA), List.of(), List.of(), List.of(
            rule("counter", Optional.of("bakery-id"), new Destination.Room(new RoomChoice.Individual("counter", false), false), "baker"),
            rule("desk", Optional.of("bakery-id"), new Destination.Desk(new RoomChoice.Direct("desk-of-the-bakery")), "porter"),
            rule("hook", Optional.of("bakery-id"),
                    new Destination.Webhook(URI.create("https://bakery.example"), Optional.empty(), new Destination.Allowed(
                            List.of(NamePattern.of("dough-*")), List.of(NamePattern.of("oven-*")))), "hooked"),
            rule("box-office", Optional.of("cinema-id"), new Destination.Room(new RoomChoice.Individual("seats", false), false), "usher"),
            rule("within", Optional.of("cinema-id"), new Destination.Room(new RoomChoice.Direct("dough-cinema"), false), "usher"),
            rule("anybody", Optional.empty(), new Destination.Room(new RoomChoice.Individual("lobby", false), false), "doorman")));
    private final OwnRooms own = new OwnRooms(directory, BAKERY);

    @ParameterizedTest
    @CsvSource({
        "bakery-17, true", "counter_0123abcd_xyz, true", "desk-of-the-bakery, true", "dough-1, true",
        "cinema-17, false", "seats_0123abcd_xyz, false", "lobby_0123abcd_xyz, false", "call_0123abcd_xyz, false", "dough-cinema, false",
        "desk-of-the-bakery-2, false", "bakery, false", "anything, false",
    })
    void aRoomIsOnesOwnByItsNameOrByARuleForOnesCallsAlone(String room, boolean own) {
        assertThat(this.own.hasRoom(room)).isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "baker, true", "substitute, true", "oven-2, true", "doorman, true", "usher, false", "anybody-else, false",
    })
    void anAgentIsOnesOwnByTheRulesThatTakeOnesCalls(String agent, boolean own) {
        assertThat(this.own.hasAgent(agent)).isEqualTo(own);
    }

    @Test
    void anotherOrganisationHasItsOwn() {
        var others = new OwnRooms(directory, CINEMA);

        assertThat(others.hasRoom("seats_1")).isTrue();
        assertThat(others.hasRoom("bakery-17")).isFalse();
        assertThat(others.hasAgent("baker")).isFalse();
        assertThat(others.hasAgent("usher")).isTrue();
    }

    private static Organisation organisation(String name) {
        return new Organisation(name + "-id", name, JsonNodeFactory.instance.objectNode(), OptionalInt.empty(), Optional.empty());
    }

    private static DispatchRule rule(String name, Optional<String> owner, Destination destination, String agent) {
        return new DispatchRule(
                name + "-id", name, owner, List.of(),
                new RuleTerms(
                        List.of(), List.of(), destination, List.of(new Agent(agent, "")), "", JsonNodeFactory.instance.objectNode(), false,
                        Optional.empty(), Optional.empty(), AnswerPolicy.ON_AGENT, 20,
                        owner.equals(Optional.of("bakery-id")) ? List.of(new Fallback(FallbackKind.AGENT, "substitute", "", 0)) : List.of(),
                        Optional.empty(), Optional.empty(), 0, Optional.empty()),
                0, Instant.EPOCH);
    }
}
