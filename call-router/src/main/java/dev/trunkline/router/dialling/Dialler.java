package dev.trunkline.router.dialling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.destinations.PublicNumber;
import dev.trunkline.events.destinations.Reached;
import dev.trunkline.events.destinations.Redirects;
import dev.trunkline.events.destinations.Target;
import dev.trunkline.router.directory.ConfigMerge;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides which trunk an outbound call takes, what is dialled there and which number is shown; or why the call is
 * refused. Pure.
 *
 * <pre>
 *   emergency number? ──▶ Dial, whatever else is configured
 *   trunks: the named one, else those that lead to the PBX whose phone asks, else those that have the URI's host,
 *     else the organisation's own, else the suite's; among several, the first by name that takes the target
 *     each: read by its number plan ─▶ public number: DestinationGuard ─▶ Dial │ Refuse
 *                                   └▶ extension, name: where it is dialled as it comes
 * </pre>
 */
public final class Dialler {
    private final ObjectNode suiteConfig;

    /** @param suiteConfig the lowest layer of every configuration */
    public Dialler(ObjectNode suiteConfig) {
        this.suiteConfig = suiteConfig;
    }

    public DialDecision decide(DialRequest request, Directory directory) {
        return new Run(request, directory).decide();
    }

    private CallsOut callsOut(DialRequest request, Directory directory) {
        return CallsOut.of(directory.organisation(request.organisation().id())
                .map(Organisation::config)
                .map(config -> ConfigMerge.merge(suiteConfig, config))
                .orElse(suiteConfig));
    }

    private final class Run {
        private final DialRequest request;
        private final UsableTrunks trunks;
        private final CallsOut callsOut;
        private final List<TraceStep> trace = new ArrayList<>();

        Run(DialRequest request, Directory directory) {
            this.request = request;
            this.trunks = UsableTrunks.of(directory.outbound(), request.organisation());
            this.callsOut = callsOut(request, directory);
        }

        DialDecision decide() {
            Optional<Target> target = Target.read(request.to());
            if (target.isEmpty()) {
                return refuse(RefusalReason.DESTINATION_INVALID, ("The target is neither a number nor a tel: or sip: URI of up to %d"
                        + " characters: write for example +3225550100.").formatted(Target.LONGEST));
            }
            Optional<DialDecision> help = forHelp(target.get());
            if (help.isPresent()) {
                return help.get();
            }
            trace.addAll(callsOut.faults());
            List<OutboundTrunk> candidates = candidates(target.get());
            if (candidates.isEmpty()) {
                return noTrunk();
            }
            if (callsOut.none()) {
                return refuse(RefusalReason.DESTINATION_FORBIDDEN, ("Organisation %s may not make outbound calls: its configuration has %s"
                        + " with 0 for max_concurrent or max_per_hour.").formatted(request.organisation().name(), CallsOut.FIELD));
            }
            return byPhone(target.get()).orElseGet(() -> first(target.get(), candidates));
        }

        /** Refuses targets that a phone may not request. */
        private Optional<DialDecision> byPhone(Target target) {
            if (request.phoneOf().isEmpty()) {
                return Optional.empty();
            }
            boolean may = switch (callsOut.byPhones()) {
                case NONE -> false;
                case EXTENSIONS -> target.isInternal();
                case ALL -> true;
            };
            return may ? Optional.empty() : Optional.of(refuse(RefusalReason.DESTINATION_FORBIDDEN, ("A phone requests it by REFER, and"
                    + " phones may call %s: write by_phones of %s in the configuration of organisation %s.").formatted(
                            callsOut.byPhones() == PhoneTransfers.NONE ? "nobody" : "only extensions of their PBX", CallsOut.FIELD,
                            request.organisation().name())));
        }

        /**
         * Returns the named trunk; else those of the PBX whose phone asks; else those to which the URI itself leads;
         * else the preferred ones.
         */
        private List<OutboundTrunk> candidates(Target target) {
            if (request.trunk().isPresent()) {
                return trunks.named(request.trunk().get()).stream().toList();
            }
            List<OutboundTrunk> back = request.phoneOf().map(trunks::backTo).orElse(List.of());
            if (!back.isEmpty()) {
                return back;
            }
            List<OutboundTrunk> there = target.host().map(trunks::at).orElse(List.of());
            return there.isEmpty() ? trunks.preferred() : there;
        }

        private DialDecision noTrunk() {
            String organisation = request.organisation().name();
            return refuse(RefusalReason.NO_OUTBOUND_TRUNK, request.trunk().isPresent()
                    ? "Neither organisation %s nor the suite has an outbound trunk of that name; it may use %s."
                            .formatted(organisation, names(trunks.all()))
                    : "Neither organisation %s nor the suite has an outbound trunk: add one to outbound_trunks of the directory."
                            .formatted(organisation));
        }

        private Optional<DialDecision> forHelp(Target target) {
            String digits = target.digits();
            return trunks.forHelp(request.trunk()).stream()
                    .filter(trunk -> EmergencyNumbers.has(digits, trunk))
                    .findFirst()
                    .map(trunk -> {
                        chosen(trunk);
                        step("emergency", "An emergency number: dialled as it is, and no limit refuses it.");
                        return dial(trunk, digits, false, digits, true);
                    });
        }

        private DialDecision first(Target target, List<OutboundTrunk> candidates) {
            Optional<Reached.Not> refusal = Optional.empty();
            for (OutboundTrunk trunk : candidates) {
                chosen(trunk);
                switch (Reached.by(trunk, target)) {
                    case Reached.Public(PublicNumber number, String user, String read, String why) -> {
                        step("target-read", read);
                        step("destination-allowed", why);
                        return dial(trunk, number.e164(), true, user, false);
                    }
                    case Reached.Internal(String text, String why) -> {
                        step("destination-allowed", why);
                        return dial(trunk, text, false, text, false);
                    }
                    case Reached.Not not -> {
                        not.read().ifPresent(read -> step("target-read", read));
                        step(not.reason().code(), not.why());
                        refusal = refusal.filter(before -> before.reason() == RefusalReason.DESTINATION_FORBIDDEN).or(() -> Optional.of(not));
                    }
                }
            }
            Reached.Not not = refusal.orElseThrow();
            if (candidates.size() > 1) {
                step(not.reason().code(), "None of the trunks %s can call this destination.".formatted(names(candidates)));
            }
            return new DialDecision.Refuse(not.reason(), trace);
        }

        private DialDecision dial(OutboundTrunk trunk, String number, boolean publicNumber, String user, boolean emergency) {
            ShownNumber shown = ShownNumber.of(request, trunk);
            step("caller-id", "The call shows %s, in %s.".formatted(shown.whose(), trunk.callerId().place().code()));
            step("limits-out", emergency
                    ? "Counted, but not limited."
                    : ("Outbound calls: %d concurrent, %d per hour by organisation %s; %s concurrent, %s per second on trunk"
                                    + " %s; at most %d s each.")
                            .formatted(callsOut.atOnce(), callsOut.hourly(), request.organisation().name(), spoken(trunk.callsAtOnce()),
                                    spoken(trunk.callsPerSecond()), trunk.name(), callsOut.longestSeconds()));
            var limits = new OutgoingLimits(
                    trunk.callsAtOnce(), trunk.callsPerSecond(), OptionalInt.of(callsOut.atOnce()), OptionalInt.of(callsOut.hourly()), emergency);
            return new DialDecision.Dial(
                    trunk, number, publicNumber, user, shown.text(), limits,
                    emergency ? OptionalInt.empty() : OptionalInt.of(callsOut.longestSeconds()), emergency,
                    emergency ? Optional.empty() : redirects(trunk), trace);
        }

        /** A redirection takes a phone no farther than its own REFER. */
        private Optional<Redirects> redirects(OutboundTrunk trunk) {
            return trunk.dialling().followsRedirects().filter(Boolean::booleanValue)
                    .map(follows -> request.phoneOf().isPresent() && callsOut.byPhones() != PhoneTransfers.ALL
                            ? Redirects.EXTENSIONS : Redirects.ALL);
        }

        private void chosen(OutboundTrunk trunk) {
            boolean named = request.trunk().filter(trunk.name()::equals).isPresent();
            step("outbound-trunk", "Trunk %s: %s.".formatted(trunk.name(), named
                    ? "requested by name"
                    : trunk.organisation().isPresent()
                            ? "it belongs to organisation " + request.organisation().name()
                            : "it belongs to the suite"));
        }

        private DialDecision refuse(RefusalReason reason, String why) {
            step(reason.code(), why);
            return new DialDecision.Refuse(reason, trace);
        }

        private void step(String step, String detail) {
            trace.add(new TraceStep(step, detail));
        }
    }

    private static String names(List<OutboundTrunk> trunks) {
        return trunks.isEmpty() ? "none" : String.join(", ", trunks.stream().map(OutboundTrunk::name).toList());
    }

    private static String spoken(OptionalInt limit) {
        return limit.isPresent() ? Integer.toString(limit.getAsInt()) : "unlimited";
    }
}
