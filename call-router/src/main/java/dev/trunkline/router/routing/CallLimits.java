package dev.trunkline.router.routing;

import dev.trunkline.events.Limits;
import dev.trunkline.events.RateScope;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import java.util.OptionalInt;

/** The limits that the limiter applies to a call. The closest setting wins: number before organisation before suite. */
final class CallLimits {
    private CallLimits() {}

    static Limits of(Matched matched, SuiteDefaults suite, Trace trace) {
        PhoneNumber number = matched.number();
        Organisation organisation = matched.organisation();
        RateScope scope = number.callerRate().isPresent() ? RateScope.NUMBER : RateScope.ORGANISATION;
        CallRate rate = number.callerRate().or(organisation::callerRate).orElse(suite.callerRate());
        var limits = new Limits(
                new Limits.CallerRate(rate.calls(), rate.windowSeconds(), scope),
                OptionalInt.of(number.maxConcurrentCalls()),
                organisation.maxConcurrentCalls(),
                matched.terms().poolForCalls());
        tell(limits, number, organisation, trace);
        return limits;
    }

    private static void tell(Limits limits, PhoneNumber number, Organisation organisation, Trace trace) {
        String origin = number.callerRate().isPresent()
                ? "the number's own"
                : organisation.callerRate().isPresent() ? "the organisation's" : "the suite's";
        String pool = limits.agentPool()
                .map(agents -> ", %d in agent pool %s".formatted(agents.sessions(), agents.name()))
                .orElse("");
        trace.add("limits", "A caller may call %d times in %d s (%s); concurrent calls: %d to the number, %s of the organisation%s."
                .formatted(
                        limits.callerRate().calls(),
                        limits.callerRate().windowSeconds(),
                        origin,
                        number.maxConcurrentCalls(),
                        organisation.maxConcurrentCalls().isPresent()
                                ? Integer.toString(organisation.maxConcurrentCalls().getAsInt())
                                : "any number",
                        pool));
    }
}
