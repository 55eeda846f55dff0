package dev.trunkline.relay.onward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static ForwardTarget to(String number) {
        return new ForwardTarget(number, Optional.of("carrier"), Map.of("X-Account", "42"));
    }

    private static Fallback step(FallbackKind kind, int patience) {
        return new Fallback(kind, "+3225550199", "", patience, Optional.of("carrier"));
    }

    @Test
    void eachRoundOfAForwardIsAStepAndEachTargetHasAnIdOfItsOwn() {
        Plan plan = Plan.of(new ForwardPlan(List.of(
                new ForwardRound(List.of(to("+1"), to("+2")), 15), new ForwardRound(List.of(to("+3")), 30))));
        assertThat(plan.by()).isEqualTo("rule");
        assertThat(plan.ending()).isEqualTo(EndReason.FORWARD_FAILED);
        var first = (Step.Ring) plan.steps().get(0);
        assertThat(first.targets()).extracting(Target::transfer).containsExactly("forward.1.1", "forward.1.2");
        assertThat(first.targets()).extracting(Target::place).containsExactly("target 1 of round 1", "target 2 of round 1");
        assertThat(first.ringing()).isEqualTo(Duration.ofSeconds(15));
        var second = (Step.Ring) plan.steps().get(1);
        assertThat(second.targets()).extracting(Target::transfer).containsExactly("forward.2.1");
        assertThat(second.targets().getFirst().who()).isEqualTo(to("+3"));
    }

    @Test
    void theStepsOfAFallbackKeepTheirPlaceInIt() {
        Plan plan = Plan.of(
                List.of(step(FallbackKind.ANNOUNCEMENT, 0), step(FallbackKind.FORWARD, 25), step(FallbackKind.REFER, 0)), false);
        assertThat(plan.by()).isEqualTo("fallback");
        assertThat(plan.steps()).extracting(Object::getClass).extracting(Class::getSimpleName).containsExactly("Announce", "Ring", "Refer");
        var forward = (Step.Ring) plan.steps().get(1);
        assertThat(forward.ringing()).isEqualTo(Duration.ofSeconds(25));
        assertThat(forward.targets().getFirst().transfer()).isEqualTo("fallback.2.1");
        assertThat(forward.targets().getFirst().who().outboundTrunk()).contains("carrier");
        assertThat(((Step.Refer) plan.steps().get(2)).ringing()).isEqualTo(Plan.USUAL_RINGING);
    }

    @Test
    void whoHadAnAgentAndLostItEndsAsSuch() {
        List<Fallback> fallback = List.of(step(FallbackKind.FORWARD, 0));
        assertThat(Plan.of(fallback, false).ending()).isEqualTo(EndReason.NO_AGENT);
        assertThat(Plan.of(fallback, true).ending()).isEqualTo(EndReason.AGENT_LEFT);
    }

    @Test
    void noWordOfATargetSaysWhomItIs() {
        Plan plan = Plan.of(List.of(step(FallbackKind.FORWARD, 0), step(FallbackKind.REFER, 0)), false);
        assertThat(plan.toString()).doesNotContain("3225550199");
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, false, true", "ANNOUNCEMENT, false, true", "REFER, false, false", "REFER, true, true", "REFUSE, true, false",
        "AGENT, true, false", "REFUSE FORWARD, true, false", "REFER FORWARD, false, true", "REFER REFUSE, false, false",
        "REFER REFUSE, true, true", "AGENT FORWARD, false, true", "FORWARD REFUSE, false, true"})
    void theEdgeEndsWhatTheRelayCannotGoOnWith(String kinds, boolean answered, boolean relay) {
        List<Fallback> fallback = Stream.of(kinds.split(" ")).map(FallbackKind::valueOf).map(kind -> step(kind, 0)).toList();
        assertThat(Plan.isForTheRelay(fallback, answered)).isEqualTo(relay);
    }

    @Test
    void nothingIsForTheRelayWhereNothingIsLeft() {
        assertThat(Plan.isForTheRelay(List.of(), true)).isFalse();
    }
}
