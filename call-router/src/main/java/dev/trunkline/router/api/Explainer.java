package dev.trunkline.router.api;

import dev.trunkline.events.CallId;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.RoomNames;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.webhook.http.WebhookClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Decides hypothetical calls with the same code as actual ones. Thread-safe. */
public final class Explainer {
    /** As long as the edge waits for a decision by default. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** Tells a webhook that this is not an actual call. */
    private static final String MARK = "x-trunkline-explanation";

    private final Supplier<Directory> directory;
    private final Routing routing;
    private final WebhookClient webhooks;
    private final Onwards onwards;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * @param directory read once per question
     * @param ids of calls: a webhook must not be asked under an id that was used before
     */
    public Explainer(
            Supplier<Directory> directory,
            SuiteDefaults suite,
            WebhookClient webhooks,
            Onwards onwards,
            Clock clock,
            Supplier<UUID> ids) {
        this.directory = directory;
        this.routing = new Routing(suite, new RoomNames(call -> "<random>"));
        this.webhooks = webhooks;
        this.onwards = onwards;
        this.clock = clock;
        this.ids = ids;
    }

    /** @throws Refused if there is no such trunk; for a tenant also if the number is not its own */
    Explanation explain(Principal who, CallQuestion question) throws InterruptedException {
        Directory now = directory.get();
        Instant moment = clock.instant();
        CallQuestion marked = question.askWebhooks() ? question.with(MARK, "true") : question;
        ByTrunk first = question.trunk().isPresent()
                ? byNamed(who, marked, question.trunk().get(), now, moment)
                : byFound(who, marked, now, moment);
        Decision decision = first.decision();
        while (question.askWebhooks() && decision instanceof Decision.Ask(Question asked)) {
            decision = routing.resume(asked, webhooks.tryOut(asked.about(standIn(asked.call())), moment.plus(DEADLINE)));
        }
        return Explanation.of(
                decision, first.trunk(), first.chosen(), onwards.of(decision, first.caller(), who, now), now.version());
    }

    /**
     * A decision on a call that comes by one trunk.
     *
     * @param caller number, by the trunk's number plan
     * @param chosen why this trunk was chosen, if the question names none
     */
    private record ByTrunk(Decision decision, String trunk, Optional<String> caller, Optional<TraceStep> chosen) {
        /** Leaves the caller out: this record must not leak into a log line. */
        @Override
        public String toString() {
            return "ByTrunk[" + trunk + "]";
        }
    }

    private ByTrunk byNamed(Principal who, CallQuestion question, String name, Directory now, Instant moment) {
        TrunkView trunk = now.trunkNamed(name).orElseThrow(() -> unknownTo(who, question));
        Call call = question.call(new CallId(ids.get()), trunk, moment);
        if (who instanceof Principal.Tenant tenant && !TriedTrunks.owns(tenant, call, trunk, now)) {
            throw unknownTo(who, question);
        }
        return new ByTrunk(decide(who, call, now), name, call.callerNumber(), Optional.empty());
    }

    private ByTrunk byFound(Principal who, CallQuestion question, Directory now, Instant moment) {
        List<TrunkView> trunks =
                TriedTrunks.of(who, now, trunk -> question.call(new CallId(ids.get()), trunk, moment));
        Optional<ByTrunk> refused = Optional.empty();
        for (TrunkView trunk : trunks) {
            Call call = question.call(new CallId(ids.get()), trunk, moment);
            Decision decision = decide(who, call, now);
            boolean taken = !(decision instanceof Decision.Refuse);
            var found = new ByTrunk(
                    decision, trunk.trunk().name(), call.callerNumber(), Optional.of(TriedTrunks.told(trunk, trunks, taken)));
            if (taken) {
                return found;
            }
            refused = refused.or(() -> Optional.of(found));
        }
        return refused.orElseThrow(() -> unknownTo(who, question));
    }

    private Decision decide(Principal who, Call call, Directory now) {
        return switch (who) {
            case Principal.Admin admin -> routing.explain(call, now);
            case Principal.Tenant tenant -> routing.explainToTenant(call, now);
        };
    }

    /** Gives the call the pseudonym of a caller who never called before, so that a webhook's request contains one like any other. */
    private static Call standIn(Call call) {
        String pseudonym = call.id().toString().replace("-", "");
        return call.from(new dev.trunkline.events.Caller(pseudonym, call.caller().anonymous()));
    }

    /** Gives a tenant the same answer whether the trunk or number does not exist or belongs to another organisation. */
    private static Refused unknownTo(Principal who, CallQuestion question) {
        String by = question.trunk().map(name -> "a trunk " + name).orElse("any trunk");
        return switch (who) {
            case Principal.Admin admin -> Refused.unknown(question.trunk()
                    .map(name -> "There is no trunk %s; GET /trunks lists them.".formatted(name))
                    .orElse("There is no trunk yet; PUT /trunks/{name} creates one."));
            case Principal.Tenant tenant -> Refused.unknown("No number of yours is called by %s on %s; GET /numbers lists yours."
                    .formatted(question.requestUser().orElse(question.to()), by));
        };
    }
}
