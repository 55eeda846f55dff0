package dev.trunkline.router.api;

import dev.trunkline.events.CallId;
import dev.trunkline.router.auth.Caller;
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
import java.util.UUID;
import java.util.function.Supplier;

/** Decides on calls that have not happened, by the same code as on those that do. Thread-safe. */
public final class Explainer {
    /** As long as the edge waits for a decision where nothing else is set. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** So that a webhook that is asked can tell that nobody calls. */
    private static final String MARK = "x-trunkline-explanation";

    private final Supplier<Directory> directory;
    private final Routing routing;
    private final WebhookClient webhooks;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * @param directory asked once a question
     * @param ids of calls: what a webhook is asked under must not be what it was asked under before
     */
    public Explainer(
            Supplier<Directory> directory,
            SuiteDefaults suite,
            WebhookClient webhooks,
            Clock clock,
            Supplier<UUID> ids) {
        this.directory = directory;
        this.routing = new Routing(suite, new RoomNames(call -> "<random>"));
        this.webhooks = webhooks;
        this.clock = clock;
        this.ids = ids;
    }

    /** @throws Refused if there is no such trunk; for a tenant also if the number is not its own */
    Explanation explain(Caller who, CallQuestion question) throws InterruptedException {
        Directory now = directory.get();
        Instant moment = clock.instant();
        Decision decision = decide(who, question.askWebhooks() ? question.with(MARK, "true") : question, now, moment);
        while (question.askWebhooks() && decision instanceof Decision.Ask(Question asked)) {
            decision = routing.resume(asked, webhooks.ask(asked, moment.plus(DEADLINE)));
        }
        return Explanation.of(decision, now.version());
    }

    private Decision decide(Caller who, CallQuestion question, Directory now, Instant moment) {
        TrunkView trunk = now.trunkNamed(question.trunk()).orElseThrow(() -> unknownTo(who, question));
        Call call = question.call(new CallId(ids.get()), trunk, moment);
        return switch (who) {
            case Caller.Admin admin -> routing.explain(call, now);
            case Caller.Tenant tenant -> {
                now.number(call.called(), trunk.trunk())
                        .filter(number -> number.organisationId().equals(tenant.organisation().toString()))
                        .orElseThrow(() -> unknownTo(who, question));
                yield routing.explainToTenant(call, now);
            }
        };
    }

    /** A tenant hears the same whether there is no such trunk, no such number, or it is somebody else's. */
    private static Refused unknownTo(Caller who, CallQuestion question) {
        return switch (who) {
            case Caller.Admin admin -> Refused.unknown("There is no trunk %s; GET /trunks lists them.".formatted(question.trunk()));
            case Caller.Tenant tenant -> Refused.unknown("No number of yours is called by %s on a trunk %s; GET /numbers lists yours."
                    .formatted(question.requestUser().orElse(question.to()), question.trunk()));
        };
    }
}
