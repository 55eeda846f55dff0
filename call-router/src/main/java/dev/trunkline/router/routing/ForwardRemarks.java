package dev.trunkline.router.routing;

import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.dialling.DialRequest;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.dialling.Onward;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.routing.RuleRemarks.Remark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What prevents calls from being forwarded to the targets that a rule names, reported before the first call comes. Pure. */
public final class ForwardRemarks {
    /** The most organisations that are checked for a rule that is for any organisation's calls. */
    private static final int MOST_ORGANISATIONS = 20;

    private static final Set<String> REASONS = Set.of(
            RefusalReason.DESTINATION_INVALID.code(), RefusalReason.DESTINATION_FORBIDDEN.code(), RefusalReason.NO_OUTBOUND_TRUNK.code());

    private final Directory directory;
    private final Dialler dialler;
    private final List<Organisation> organisations;
    private final List<Remark> remarks = new ArrayList<>();

    private ForwardRemarks(Directory directory, DispatchRule rule, Dialler dialler) {
        this.directory = directory;
        this.dialler = dialler;
        Set<String> owners = directory.rooms().ownersOf(rule);
        this.organisations = directory.organisations().values().stream()
                .filter(organisation -> owners.isEmpty() || owners.contains(organisation.id()))
                .sorted(Comparator.comparing(Organisation::name))
                .limit(MOST_ORGANISATIONS)
                .toList();
    }

    /** @param directory with the rule, as it will be */
    public static List<Remark> of(Directory directory, DispatchRule rule, Dialler dialler) {
        var found = new ForwardRemarks(directory, rule, dialler);
        rule.destination().forwards().forEach(found::plan);
        found.fallback(rule.terms().fallback());
        if (rule.destination() instanceof Destination.Forward && !rule.terms().fallback().isEmpty()) {
            found.remarks.add(new Remark("fallback", "a rule of the type forward never reaches its fallback: write further targets"
                    + " into forward_to, as further rounds"));
        }
        return found.remarks;
    }

    private void plan(String field, ForwardPlan plan) {
        String first = plan.rounds().getFirst().targets().getFirst().to();
        Optional<Organisation> without = organisations.stream()
                .filter(organisation -> Forwarding.isUri(first) && !Onward.hasTrunk(plan, organisation.ref(), directory.outbound()))
                .findFirst();
        if (without.isPresent()) {
            remarks.add(new Remark(field, (Forwarding.noTrunk(without.get().name(), first) + " So no call is made: the caller's side is"
                    + " told by 302 to call the target itself, which many trunks do not do. Add an outbound trunk that leads there"
                    + " (outbound_trunks), or write type: redirect with redirect_to, if that is what you want")));
            return;
        }
        for (int i = 0; i < plan.rounds().size(); i++) {
            List<ForwardTarget> targets = plan.rounds().get(i).targets();
            for (int j = 0; j < targets.size(); j++) {
                String at = field + (plan.rounds().size() > 1 || targets.size() > 1 ? "[" + i + "]" : "") + (targets.size() > 1 ? "[" + j + "]" : "");
                target(at, targets.get(j));
            }
        }
    }

    private void fallback(List<Fallback> chain) {
        for (int i = 0; i < chain.size(); i++) {
            Fallback step = chain.get(i);
            if (step.kind() == FallbackKind.FORWARD) {
                target("fallback[%d].forward".formatted(i), new ForwardTarget(step.target(), step.outboundTrunk(), Map.of()));
            }
        }
    }

    private void target(String field, ForwardTarget target) {
        for (Organisation organisation : organisations) {
            var request = new DialRequest(organisation.ref(), target.to(), target.outboundTrunk(), Optional.empty(), Optional.empty());
            if (dialler.decide(request, directory) instanceof DialDecision.Refuse refusal) {
                remarks.add(new Remark(field, "calls of organisation %s cannot be forwarded there (%s): %s".formatted(
                        organisation.name(), refusal.reason().code(), why(refusal))));
                return;
            }
        }
    }

    /** Returns what each trunk that was tried says, not only the last one. */
    private static String why(DialDecision.Refuse refusal) {
        return refusal.trace().stream()
                .filter(step -> REASONS.contains(step.step()))
                .map(TraceStep::detail)
                .collect(Collectors.joining(" "));
    }
}
