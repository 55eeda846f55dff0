package dev.trunkline.dispatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.calls.Routes;
import dev.trunkline.dispatcher.watch.Plan.Round;
import dev.trunkline.events.Agent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RoomEntry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final Agent DEMO = new Agent("demo", "{}");
    private static final Fallback REFUSE = new Fallback(FallbackKind.REFUSE, "486", "", 0);

    private static CallRouted route(Optional<RoomEntry> entry, Fallback... fallback) {
        return Routes.route(new CallId(new UUID(0, 1)), "room", 20, List.of(DEMO), entry, List.of(fallback));
    }

    private static Fallback agent(String name, int patienceSeconds) {
        return new Fallback(FallbackKind.AGENT, name, "for " + name, patienceSeconds);
    }

    @Test
    void aRouteWithoutAFallbackIsOneRound() {
        assertThat(Plan.of(route(Optional.empty())))
                .isEqualTo(new Plan(List.of(new Round(List.of(DEMO), 20)), List.of(), false, false, false));
    }

    @Test
    void eachAgentThatTheFallbackBeginsWithIsARound() {
        Plan plan = Plan.of(route(Optional.empty(), agent("second", 5), agent("third", 0), REFUSE, agent("fourth", 5)));
        assertThat(plan.rounds()).containsExactly(
                new Round(List.of(DEMO), 20),
                new Round(List.of(new Agent("second", "for second")), 5),
                new Round(List.of(new Agent("third", "for third")), 20));
        assertThat(plan.left()).containsExactly(REFUSE, agent("fourth", 5));
    }

    @Test
    void aRouteWithoutAgentsMeansWhoeverHasNoName() {
        CallRouted nameless = Routes.route(
                new CallId(new UUID(0, 1)), "room", 20, List.of(), Optional.empty(), List.of());
        assertThat(Plan.of(nameless).rounds()).containsExactly(new Round(List.of(Plan.NAMELESS), 20));
    }

    @Test
    void afterEverybodyLeftThePlanIsTheSameWithoutAPin() {
        Plan plan = Plan.of(route(Optional.of(new RoomEntry(true, false, Optional.of("v1.sealed"))), agent("second", 5)));
        assertThat(plan.afterLeaving()).isEqualTo(new Plan(plan.rounds(), plan.left(), false, true, true));
    }

    @Test
    void aCallerWhoIsGivenBackGoesToAgentsAloneAndWhoKeepsTheCallerIsTheEndOfIt() {
        Plan plan = Plan.of(route(Optional.of(new RoomEntry(true, false, Optional.of("v1.sealed"))), agent("second", 5), REFUSE));
        assertThat(plan.backToAgents(Optional.empty())).isEqualTo(new Plan(plan.rounds(), List.of(), false, true, true));

        var desk = Optional.of(new RoomEntry(false, true, Optional.empty()));
        assertThat(Plan.of(route(desk, agent("second", 5), agent("third", 0))).backToAgents(Optional.empty()).rounds()).containsExactly(
                new Round(List.of(new Agent("second", "for second")), 5), new Round(List.of(new Agent("third", "for third")), 20));
    }

    @Test
    void aRouteLeadsToAgentsIfSomebodyIsAskedForACallerWhoIsGivenBack() {
        var desk = Optional.of(new RoomEntry(false, true, Optional.empty()));
        var id = new CallId(new UUID(0, 1));
        List<CallRouted> with = List.of(
                route(Optional.empty()), route(Optional.empty(), REFUSE), route(desk, agent("second", 5), REFUSE),
                Routes.route(id, "room", 20, List.of(), Optional.empty(), List.of()));
        List<CallRouted> without = List.of(route(desk), route(desk, REFUSE, agent("second", 5)));
        assertThat(with).allMatch(CallRouted::leadsToAgents);
        assertThat(with).noneMatch(route -> Plan.of(route).backToAgents(Optional.empty()).rounds().isEmpty());
        assertThat(without).noneMatch(CallRouted::leadsToAgents);
        assertThat(without).allMatch(route -> Plan.of(route).backToAgents(Optional.empty()).rounds().isEmpty());
        assertThat(Routes.forwarded(id, "room", List.of()).leadsToAgents()).isFalse();
        assertThat(Routes.leg(new CallId(new UUID(0, 2)), id, "room", false, agent("second", 5)).route().leadsToAgents()).isFalse();
    }

    @Test
    void whoHadTheCallerBeforeIsTheOneThatIsAskedForIfTheRouteNamesIt() {
        Plan plan = Plan.of(route(Optional.empty(), agent("second", 5)));
        assertThat(plan.backToAgents(Optional.of("second")).rounds())
                .containsExactly(new Round(List.of(new Agent("second", "for second")), 5));
        assertThat(plan.backToAgents(Optional.of("somebody else")).rounds()).isEqualTo(plan.rounds());
    }

    @Test
    void atADeskAPersonAnswers() {
        Plan plan = Plan.of(route(Optional.of(new RoomEntry(false, true, Optional.empty()))));
        assertThat(plan.rounds()).containsExactly(new Round(List.of(), 20));
    }

    @Test
    void whatStandsBeforeTheRoomIsKnown() {
        assertThat(Plan.of(route(Optional.of(new RoomEntry(true, false, Optional.of("v1.sealed"))))))
                .matches(Plan::afterPin)
                .matches(Plan::roomMustExist);
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, sip:desk@pbx.example, Next step of the fallback: forward the caller to sip:desk@pbx.example.",
        "REFUSE, 486, Next step of the fallback: refuse with status 486.",
        "REFER, sip:vm@pbx, 'Next step of the fallback: transfer the caller to sip:vm@pbx.'",
        "ANNOUNCEMENT, closed, 'Next step of the fallback: play closed.'"
    })
    void theNextStepIsNamed(FallbackKind kind, String target, String sentence) {
        assertThat(Plan.of(route(Optional.empty(), new Fallback(kind, target, "", 0))).next()).contains(sentence);
    }

    @Test
    void aLegForACallerWhoIsWithSomebodyHasNoFallback() {
        CallRouted leg = Routes.leg(
                new CallId(new UUID(0, 2)), new CallId(new UUID(0, 1)), "room", false, agent("second", 5), REFUSE).route();
        assertThat(Plan.of(leg).rounds()).hasSize(1);
        assertThat(Plan.of(leg).left()).isEmpty();
    }

    @Test
    void withoutAFallbackNothingIsNext() {
        assertThat(Plan.of(route(Optional.empty(), agent("second", 5))).next()).isEmpty();
    }
}
