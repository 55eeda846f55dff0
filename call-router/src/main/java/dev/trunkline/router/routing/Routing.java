package dev.trunkline.router.routing;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides where a call goes: trunk, number, organisation, rule, destination, in this order, with each step recorded.
 * Pure: the decision depends only on the call, the directory and, where a rule asks one, the webhook's answer.
 *
 * <pre>
 *   decide ──▶ Route │ Redirect │ Refuse                     (final)
 *          └─▶ Ask ── resume(answer) ──▶ Route │ Redirect │ Refuse
 *               ▲                  └─▶ (redirect, twice at most)
 *               └──────────────────────────┘
 * </pre>
 */
public final class Routing {
    /** Longer than any number, extension or name in the directory. */
    private static final int LONGEST_CALLED = 128;
    /** Includes the scheme, domain and parameters around it. */
    private static final int LONGEST_RECEIVED = 512;
    private static final String NOT_OF_THE_TRUNK = "The trunk's own list of numbers does not include the called number.";

    private final RuleTargets destinations;
    private final Webhooks webhooks;

    public Routing(SuiteDefaults suite, RoomNames rooms) {
        destinations = new RuleTargets(suite, rooms);
        webhooks = new Webhooks(destinations, new FallbackChain(destinations, rooms));
    }

    /** Decides an actual call: the trace names the first rules that were skipped and counts the others. */
    public Decision decide(Call call, Directory directory) {
        return new Run(call, directory, Audience.CALL).decide();
    }

    /** Makes the same decision, with a trace that names every rule and the field because of which it was skipped. */
    public Decision explain(Call call, Directory directory) {
        return new Run(call, directory, Audience.OPERATOR).decide();
    }

    /** Makes the same decision for the organisation that has the called number: rules of other organisations are only counted. */
    public Decision explainToTenant(Call call, Directory directory) {
        return new Run(call, directory, Audience.TENANT).decide();
    }

    /** Continues a decision that asked a webhook, using the directory with which it began. May be called again. */
    public Decision resume(Question question, WebhookResult result) {
        return webhooks.resume(question, result);
    }

    private final class Run {
        private final Call call;
        private final Directory directory;
        private final Audience audience;
        private final Trace trace = new Trace();

        Run(Call call, Directory directory, Audience audience) {
            this.call = call;
            this.directory = directory;
            this.audience = audience;
        }

        Decision decide() {
            if (call.called().length() > LONGEST_CALLED || call.calledAsReceived().length() > LONGEST_RECEIVED) {
                // Many steps repeat what was dialled, which would make the event longer than Kafka accepts.
                trace.add("number-unknown", "The dialled number has %d characters, and no number has more than %d."
                        .formatted(Math.max(call.called().length(), call.calledAsReceived().length()), LONGEST_CALLED));
                return refuse(RefusalReason.NUMBER_UNKNOWN);
            }
            Optional<TrunkView> trunk = directory.trunk(call.trunk().id());
            if (trunk.isEmpty()) {
                trace.add("trunk-unknown", "Trunk %s is no longer in the directory.".formatted(call.trunk().name()));
                return refuse(RefusalReason.NO_RULE);
            }
            Readings.tell(call, trunk.get(), trace);
            return throughTrunk(trunk.get());
        }

        private Decision throughTrunk(TrunkView trunk) {
            trace.add("trunk", "The call came in on trunk %s.".formatted(trunk.trunk().name()));
            if (!trunk.numbers().isEmpty() && !any(trunk.numbers(), call.called())) {
                trace.add("trunk-numbers", ("%s is not among the numbers of trunk %s%s, so the trunk may not bring it:"
                                + " add it to the trunk's numbers, or leave them out for any number.")
                        .formatted(call.called(), trunk.trunk().name(), audience == Audience.TENANT ? "" : SkipWords.shown(trunk.trunk())));
                return refuse(RefusalReason.NUMBER_UNKNOWN, Optional.of(NOT_OF_THE_TRUNK));
            }
            Optional<PhoneNumber> number = directory.number(call.called(), trunk.trunk());
            if (number.isEmpty()) {
                trace.add("number-unknown", ("No organisation has %s: no number, beginning of numbers or regular expression fits."
                                + " *@%s would be whatever the trunk dials.").formatted(call.called(), trunk.trunk().name()));
                return refuse(RefusalReason.NUMBER_UNKNOWN);
            }
            return toNumber(trunk, number.get(), directory.organisationOf(number.get()));
        }

        private Decision toNumber(TrunkView trunk, PhoneNumber number, Organisation organisation) {
            trace.add("number-matched", number.phoneNumber().equals(call.called())
                    ? "%s belongs to organisation %s.".formatted(call.called(), organisation.name())
                    : "%s belongs to organisation %s, by its %s."
                            .formatted(call.called(), organisation.name(), number.phoneNumber()));
            if (!number.active()) {
                trace.add("number-inactive", "%s is switched off by its organisation.".formatted(number.phoneNumber()));
                return refuse(RefusalReason.NUMBER_INACTIVE, number, organisation);
            }
            if (!trunk.allowedNumbers().isEmpty()
                    && call.callerNumber().filter(caller -> any(trunk.allowedNumbers(), caller)).isEmpty()) {
                trace.add("caller-not-allowed", "The caller is not in the trunk's allowed_numbers.");
                return refuse(RefusalReason.CALLER_NOT_ALLOWED, number, organisation);
            }
            RuleSearch.Found found =
                    new RuleSearch(call, directory, trunk, organisation, audience, trace).search();
            if (found.rule().isPresent()) {
                return destinations.go(
                        new Matched(call, directory, number, organisation, found.rule().get()), trace);
            }
            if (found.callerBarred()) {
                trace.add("caller-not-allowed", "Only rules for other callers fit: add the caller to the inbound_numbers of one"
                        + " of them, or write a rule without them.");
                return refuse(RefusalReason.CALLER_NOT_ALLOWED, number, organisation);
            }
            trace.add("no-rule", trunk.rules().isEmpty()
                    ? "No rule names trunk %s in its trunks, and there is no wildcard rule: write one."
                            .formatted(trunk.trunk().name())
                    : "None of the %d rules for trunk %s fits: write one for %s, or change the field by which a rule above was skipped."
                            .formatted(trunk.rules().size(), trunk.trunk().name(), call.called()));
            return refuse(RefusalReason.NO_RULE, number, organisation);
        }

        /** Refuses a call whose organisation is not known yet. */
        private Decision refuse(RefusalReason reason) {
            return refuse(reason, Optional.empty());
        }

        private Decision refuse(RefusalReason reason, Optional<String> closer) {
            return new Decision.Refuse(
                    reason, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), closer, trace.steps());
        }

        private Decision refuse(RefusalReason reason, PhoneNumber number, Organisation organisation) {
            return new Decision.Refuse(
                    reason, OptionalInt.empty(), Optional.of(organisation.ref()),
                    Optional.of(Matched.calledNumber(call, number)), Optional.empty(), Optional.empty(), trace.steps());
        }
    }

    private static boolean any(List<NumberPattern> patterns, String number) {
        return NumberPattern.closest(patterns, number).isPresent();
    }
}
