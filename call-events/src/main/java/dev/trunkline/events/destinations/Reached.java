package dev.trunkline.events.destinations;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.numbers.NumberPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The result of judging a target for a trunk: whether it is called there, and as what. No sentence contains the number. */
public sealed interface Reached {

    /** @param user user part of the Request-URI, in the trunk's form @param read how it was read @param why one sentence */
    record Public(PublicNumber number, String user, String read, String why) implements Reached {}

    /** An extension or a name of the PBX behind the trunk. @param text as it is dialled @param why one sentence */
    record Internal(String text, String why) implements Reached {}

    /** @param read how it was read; empty if it was not @param why one sentence */
    record Not(RefusalReason reason, Optional<String> read, String why) implements Reached {}

    /** Judges by the number plan and the destinations of a trunk. Not for emergency numbers, which are called whatever those say. */
    static Reached by(OutboundTrunk trunk, Target target) {
        if (target.host().filter(host -> !hosts(trunk).contains(host)).isPresent()) {
            return new Not(RefusalReason.DESTINATION_FORBIDDEN, Optional.empty(), ("The host of the target's sip: URI is neither a gateway of trunk"
                    + " %s nor its from_domain: write the number alone, or one of %s.").formatted(trunk.name(), String.join(", ", hosts(trunk))));
        }
        return target.isInternal() ? internal(trunk, target) : number(trunk, target);
    }

    private static Reached internal(OutboundTrunk trunk, Target target) {
        return switch (trunk.dialling().form()) {
            case AS_DIALLED -> new Internal(
                    target.digits().isEmpty() ? target.name() : target.digits(),
                    "The target is an extension or a name of the PBX behind trunk %s.".formatted(trunk.name()));
            case E164, E164_WITHOUT_PLUS, NATIONAL -> new Not(RefusalReason.DESTINATION_INVALID, Optional.empty(),
                    ("The target is an extension or a name, and trunk %s takes public numbers: write it in E.164, or name a trunk with"
                            + " dialling.form as-dialled.").formatted(trunk.name()));
        };
    }

    private static Reached number(OutboundTrunk trunk, Target target) {
        var plan = new NumberPlan(trunk.dialling().country());
        NumberPlan.Normalised normalised = plan.normalise(target.written());
        if (!normalised.e164()) {
            return new Not(RefusalReason.DESTINATION_INVALID, Optional.empty(), ("Read by trunk %s (%s), the target is no public number (%s): write"
                    + " it in E.164, for example +3225550100.").formatted(
                            trunk.name(), trunk.dialling().country().map(country -> "country " + country).orElse("no country"),
                            String.join(", ", normalised.how())));
        }
        String read = "By the numbers of trunk %s (%s): %s.".formatted(
                trunk.name(), trunk.dialling().country().orElse("no country"), String.join(", ", normalised.how()));
        PublicNumber number = PublicNumber.read(normalised.text()).orElseThrow();
        DestinationGuard.Verdict verdict = DestinationGuard.judge(number, trunk);
        return verdict.refused()
                .<Reached>map(reason -> new Not(reason, Optional.of(read), verdict.why()))
                .orElseGet(() -> new Public(
                        number, Writing.called(number, asDialled(plan, target, number), trunk.dialling()), read, verdict.why()));
    }

    /** The meaning of the digits alone must be what was judged: a phone-context, for example, is not dialled. */
    private static String asDialled(NumberPlan plan, Target target, PublicNumber number) {
        String digits = target.digits();
        return plan.normalise(digits).text().equals(number.e164()) ? digits : number.e164();
    }

    /** Returns the hosts that a trunk leads to: those of its gateways, then its own domain, in lower case. */
    static List<String> hosts(OutboundTrunk trunk) {
        var hosts = new ArrayList<String>();
        trunk.gateways().forEach(gateway -> hosts.add(gateway.host().toLowerCase(Locale.ROOT)));
        trunk.callerId().fromDomain().map(domain -> domain.toLowerCase(Locale.ROOT)).ifPresent(hosts::add);
        return hosts;
    }
}
