package dev.trunkline.router.api;

import dev.trunkline.events.TraceStep;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.routing.Call;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The trunks by which a call can come if the question names none. */
final class TriedTrunks {
    /** A decision is made for each while the requester waits for the answer. */
    private static final int MOST = 50;
    /** As many as a reader will read. */
    private static final int MOST_NAMED = 6;

    private TriedTrunks() {}

    /**
     * Returns the trunks to try, in order: those that a rule of the number's organisation names, then those that may
     * bring the number, by name. An admin gets all trunks if nobody has the number.
     *
     * @param calls the call as each trunk reads it
     */
    static List<TrunkView> of(Principal who, Directory directory, Function<TrunkView, Call> calls) {
        List<TrunkView> all = directory.trunks().values().stream()
                .sorted(Comparator.comparing(trunk -> trunk.trunk().name()))
                .toList();
        List<TrunkView> bringing = all.stream()
                .filter(trunk -> {
                    Call call = calls.apply(trunk);
                    return switch (who) {
                        case Principal.Admin admin -> directory.number(call.called(), trunk.trunk()).isPresent();
                        case Principal.Tenant tenant -> owns(tenant, call, trunk, directory);
                    };
                })
                .sorted(Comparator.comparing(trunk -> rank(trunk, calls.apply(trunk), directory)))
                .limit(MOST)
                .toList();
        return bringing.isEmpty() && who instanceof Principal.Admin ? all.stream().limit(MOST).toList() : bringing;
    }

    /** Returns whether a tenant has the called number. */
    static boolean owns(Principal.Tenant tenant, Call call, TrunkView trunk, Directory directory) {
        return directory.number(call.called(), trunk.trunk())
                .filter(number -> number.organisationId().equals(tenant.organisation().toString()))
                .isPresent();
    }

    private static int rank(TrunkView trunk, Call call, Directory directory) {
        boolean barred = !trunk.numbers().isEmpty() && NumberPattern.closest(trunk.numbers(), call.called()).isEmpty();
        String owner = directory.number(call.called(), trunk.trunk()).map(number -> number.organisationId()).orElse("");
        boolean named = trunk.rules().stream()
                .map(TrunkView.Candidate::rule)
                .filter(rule -> !rule.wildcard())
                .map(DispatchRule::organisationId)
                .anyMatch(organisation -> organisation.isEmpty() || organisation.get().equals(owner));
        return (barred ? 2 : 0) + (named ? 0 : 1);
    }

    /** Describes which trunk was taken, and among which; the first few of the others are named and the rest counted. */
    static TraceStep told(TrunkView taken, List<TrunkView> tried, boolean takes) {
        List<String> others = tried.stream().filter(trunk -> trunk != taken).map(trunk -> trunk.trunk().name()).toList();
        String beside = others.isEmpty()
                ? ", the only one that can bring the call"
                : "; %s can bring it too".formatted(others.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (others.size() > MOST_NAMED ? " and " + (others.size() - MOST_NAMED) + " more" : ""));
        String refused = others.isEmpty() ? ", and on it the call is refused" : ", and on each of them the call is refused";
        return new TraceStep("trunk-chosen", "The question names no trunk: trunk %s was taken%s%s."
                .formatted(taken.trunk().name(), beside, takes ? "" : refused));
    }
}
