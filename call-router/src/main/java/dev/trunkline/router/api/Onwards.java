package dev.trunkline.router.api;

import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.dialling.DialRequest;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.gateways.TriedGateways;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.rules.Forwards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which trunk and gateways each target of a forward or fallback would take, by the decision that is used for
 * outbound calls. Thread-safe.
 */
public final class Onwards {
    private final Dialler dialler;
    private final TriedGateways gateways;

    public Onwards(Dialler dialler, TriedGateways gateways) {
        this.dialler = dialler;
        this.gateways = gateways;
    }

    /**
     * Returns the targets of a forward, and of the forwards of a fallback, in the order in which they are tried.
     *
     * @param caller number, empty for none
     */
    List<OnwardExplanation> of(Decision decision, Optional<String> caller, Principal who, Directory now) {
        return decision instanceof Decision.Route route ? new Run(route, caller, who, now).explain() : List.of();
    }

    private final class Run {
        private final Decision.Route route;
        private final Optional<String> caller;
        private final Principal who;
        private final Directory now;
        private final List<OnwardExplanation> all = new ArrayList<>();

        Run(Decision.Route route, Optional<String> caller, Principal who, Directory now) {
            this.route = route;
            this.caller = caller;
            this.who = who;
            this.now = now;
        }

        List<OnwardExplanation> explain() {
            List<ForwardRound> rounds = route.forward().map(ForwardPlan::rounds).orElse(List.of());
            for (int i = 0; i < rounds.size(); i++) {
                ForwardRound round = rounds.get(i);
                String at = "round " + (i + 1);
                round.targets().forEach(target -> all.add(explained(at, target, round.ringingSeconds())));
            }
            for (int i = 0; i < route.fallback().size(); i++) {
                Fallback step = route.fallback().get(i);
                if (step.kind() == FallbackKind.FORWARD) {
                    all.add(explained(
                            "fallback " + (i + 1), new ForwardTarget(step.target(), step.outboundTrunk(), Map.of()),
                            step.patienceSeconds() > 0 ? step.patienceSeconds() : Forwards.RING_SECONDS));
                }
            }
            return all;
        }

        private OnwardExplanation explained(String at, ForwardTarget target, int seconds) {
            String shown = route.number().replaceFirst("@.*", "");
            var request = new DialRequest(route.organisation(), target.to(), target.outboundTrunk(), Optional.of(shown), caller);
            return switch (dialler.decide(request, now)) {
                case DialDecision.Refuse refusal -> new OnwardExplanation(
                        at, target.to(), seconds, "refused", Optional.of(refusal.reason()), Optional.of(refusal.detail()), Optional.empty(),
                        Optional.empty(), Optional.empty(), refusal.trace());
                case DialDecision.Dial dial -> new OnwardExplanation(
                        at, target.to(), seconds, "dialled", Optional.empty(), Optional.empty(), Optional.of(dial.trunk().name()),
                        gateways.of(dial.trunk(), who), Optional.of(dial.user()), dial.trace());
            };
        }
    }
}
