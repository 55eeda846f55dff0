package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose callers may be put in whose rooms, whoever names the room. */
class TenantRoomsTest {
    /** Has two organisations whose names begin alike; each number has the rule of its last digit. */
    private static final String DIRECTORY = """
            organisations:
              - name: acme
                numbers: [{phone_number: "+3225550101"}, {phone_number: "+3225550102"}, {phone_number: "+3225550103"}, {phone_number: "+3225550104"}]
              - name: acme-2
                numbers: [{phone_number: "+3225550201"}]
              - name: bistro
                numbers: [{phone_number: "+3225550301"}, {phone_number: "+3225550302"}, {phone_number: "+3225550303"}, {phone_number: "+3225550304"}]
            trunks: [{name: pbx, country: BE}]
            rules:
              - {name: a-board, organisation: acme, trunks: [pbx], numbers: ["+3225550101"], type: direct, room_name: boardroom, agents: [{name: secretary}]}
              - {name: a-support, organisation: acme, trunks: [pbx], numbers: ["+3225550102"], type: individual, room_prefix: support, no_randomness: true}
              - {name: a-desk, organisation: acme, trunks: [pbx], numbers: ["+3225550103"], type: desk, room_name: front}
              - {name: imported, trunks: [pbx], numbers: ["+3225550104"], type: direct, room_name: annex}
              - {name: a2-hook, organisation: acme-2, trunks: [pbx], numbers: ["+3225550201"], type: webhook, url: "https://a2.example"}
              - {name: b-hook, organisation: bistro, trunks: [pbx], numbers: ["+3225550301"], type: webhook, url: "https://b.example", agents: [{name: waiter}], fallback: [{agent: night}]}
              - {name: b-list, organisation: bistro, trunks: [pbx], numbers: ["+3225550302"], type: webhook, url: "https://b.example", allowed_rooms: [terrace, "table-*"], allowed_agents: [cook, "chef-*"]}
              - {name: b-any, organisation: bistro, trunks: [pbx], numbers: ["+3225550303"], type: webhook, url: "https://b.example", allowed_rooms: ["*"]}
              - {name: b-named, organisation: bistro, trunks: [pbx], numbers: ["+3225550304"], type: named, header: X-Room}
            """;
    private static final String HOOK = "+3225550301";
    private static final String LIST = "+3225550302";
    private static final String ANY = "+3225550303";
    private static final String NAMED = "+3225550304";
    private final Exchange exchange = Exchange.of(DIRECTORY);

    private Decision answer(String dialled, String room, String... agents) {
        if (!(exchange.call("pbx", dialled) instanceof Decision.Ask(Question question))) {
            throw new AssertionError("no webhook was asked");
        }
        var instruction = new Instruction.Room(
                room, false, Stream.of(agents).map(name -> new Agent(name, "")).toList(), "",
                JsonNodeFactory.instance.objectNode(), Optional.empty());
        return exchange.routing().resume(question, new Answered(instruction, "room", "request-1", 5, List.of()));
    }

    private static boolean refusedAsForeign(Decision decision) {
        return decision.trace().stream().anyMatch(step -> step.step().equals(WebhookResult.NOT_ALLOWED));
    }

    @Test
    void aWebhookNamesRoomsThatBeginWithItsOrganisationsName() {
        assertThat(Exchange.outcome(answer(HOOK, "bistro-table"))).isEqualTo("room bistro-table, agents waiter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"boardroom", "front", "support_0123456789abcdef01234567", "acme-lobby", "acme-2-lobby", "bistro", "bistroX-1",
        "call_01234567_random", "Bistro-1", "lobby"})
    void aWebhookDoesNotNameOthers(String room) {
        Decision decision = answer(HOOK, room);
        assertThat(refusedAsForeign(decision)).isTrue();
        assertThat(Exchange.outcome(decision)).as("the rule's fallback").isEqualTo("room call_01234567_random, agents night");
        assertThat(decision.trace().toString()).contains("room " + room, "organisation bistro", "bistro-*", "allowed_rooms");
    }

    @Test
    void withoutAFallbackTheCallIsRefusedAsWebhookFailed() {
        assertThat(Exchange.outcome(answer(LIST, "boardroom"))).isEqualTo("refuse webhook-failed 503");
    }

    @Test
    void anAreaWhoseNameBeginsLikeAnothersIsNotTheOthers() {
        assertThat(Exchange.outcome(answer("+3225550201", "acme-2-lobby"))).isEqualTo("room acme-2-lobby");
        assertThat(refusedAsForeign(answer("+3225550201", "acme-lobby"))).isTrue();
        // Conversely acme, which has no minus 2 in its name, has no claim to a room of acme-2.
        Exchange other = Exchange.of(DIRECTORY.replace("type: desk, room_name: front", "type: webhook, url: 'https://a.example'"));
        if (!(other.call("pbx", "+3225550103") instanceof Decision.Ask(Question question))) {
            throw new AssertionError("no webhook was asked");
        }
        var instruction = new Instruction.Room(
                "acme-2-lobby", false, List.of(), "", JsonNodeFactory.instance.objectNode(), Optional.empty());
        assertThat(refusedAsForeign(
                other.routing().resume(question, new Answered(instruction, "room", "request-1", 5, List.of())))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "terrace, true", "table-7, true", "table-, true", "terrace-2, false", "bistro-table, false", "boardroom, false",
    })
    void aListOfRoomsIsAllThatAWebhookMayName(String room, boolean allowed) {
        assertThat(refusedAsForeign(answer(LIST, room))).isEqualTo(!allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "lobby, true", "bistro-table, true", "boardroom, false", "front, false", "annex, false", "acme-x, false", "support_01234567, false",
        "call_01234567_random, false",
    })
    void whoMayNameAnyRoomStillNamesNoneThatIsAnothers(String room, boolean allowed) {
        assertThat(refusedAsForeign(answer(ANY, room))).isEqualTo(!allowed);
    }

    @ParameterizedTest
    @CsvSource({
        HOOK + ", waiter, true", HOOK + ", night, true", HOOK + ", secretary, false", HOOK + ", cook, false",
        LIST + ", cook, true", LIST + ", chef-2, true", LIST + ", secretary, false", LIST + ", waiter, false",
    })
    void aWebhookNamesTheAgentsOfItsRuleAndThoseOfTheList(String dialled, String agent, boolean allowed) {
        Decision decision = answer(dialled, dialled.equals(HOOK) ? "bistro-1" : "terrace", agent);
        assertThat(refusedAsForeign(decision)).isEqualTo(!allowed);
        if (!allowed) {
            assertThat(decision.trace().toString()).contains("agent " + agent, "allowed_agents");
        }
    }

    @Test
    void oneForeignAgentAmongOwnOnesIsEnough() {
        assertThat(refusedAsForeign(answer(HOOK, "bistro-1", "waiter", "secretary"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "lobby, true", "bistro-table, true", "boardroom, false", "annex, false", "front, false", "support_0123456789abcdef01234567, false",
        "acme-lobby, false", "acme-2-lobby, false", "call_01234567_random, false",
    })
    void aCallerWhoNamesARoomDoesNotReachOneOfSomebodyElse(String room, boolean allowed) {
        Decision decision = exchange.call("pbx", NAMED, Exchange.CALLER, Map.of("x-room", room));
        assertThat(Exchange.outcome(decision)).isEqualTo(allowed ? "room " + room : "refuse no-rule 404");
        if (!allowed) {
            assertThat(decision.trace().toString()).contains("b-named was skipped by its template", "belongs to somebody else")
                    .doesNotContain(room);
        }
    }

    @Test
    void whoWritesARuleIsToldOfAnotherOrganisationsRoom() {
        assertThat(shared("type: direct, room_name: boardroom")).singleElement().asString()
                .contains("Rules a-board and new", "room boardroom");
        assertThat(shared("type: desk, room_name: front")).hasSize(1);
        assertThat(shared("type: direct, room_name: annex")).as("a rule without an organisation is its number's").hasSize(1);
        assertThat(shared("type: named, header: X-A, template: 'board{}'")).singleElement().asString()
                .contains("a-board", "boardroom");
        assertThat(shared("type: individual, room_prefix: support, no_randomness: true")).singleElement().asString()
                .contains("a-support", "support_*");
        assertThat(shared("type: webhook, url: 'https://n.example', allowed_rooms: ['front']")).singleElement().asString()
                .contains("a-desk");
        assertThat(shared("type: schedule, schedule: {time_zone: Europe/Brussels, hours: {mon: ['09:00-17:00']},"
                + " open: {type: direct, room_name: boardroom}, else: {type: refuse, status: 480}}")).hasSize(1);
    }

    @Test
    void roomsThatNobodyElseHasAreNoReasonForWords() {
        assertThat(shared("type: individual, room_prefix: support")).as("a random part").isEmpty();
        assertThat(shared("type: callee, room_prefix: support")).as("the called number").isEmpty();
        assertThat(shared("type: direct, room_name: kitchen")).isEmpty();
        assertThat(shared("type: forward, forward_to: 'sip:a@b.example'")).isEmpty();
        assertThat(SharedRooms.find(exchange.directory(), rule -> true, 10)).as("the directory itself").isEmpty();
    }

    private static List<String> shared(String destination) {
        Exchange with = Exchange.of(DIRECTORY + "  - {name: new, organisation: bistro, trunks: [pbx], %s}\n".formatted(destination));
        return SharedRooms.find(with.directory(), rule -> rule.name().equals("new"), 10).stream()
                .map(SharedRooms.Shared::sentence)
                .toList();
    }
}
