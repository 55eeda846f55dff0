package dev.trunkline.router.legs;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Limits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.dialling.DialRequest;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.routing.ConfigLayers;
import dev.trunkline.router.routing.OneLine;
import dev.trunkline.router.routing.RoomSuffix;
import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.store.KeyedCalls;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes the outbound calls that are requested by REST. Thread-safe. */
public final class CallMaker {
    /** Takes the place of the rule that an inbound call has. */
    static final RuleRef RULE = new RuleRef("dial", "dial");

    private static final Logger LOG = Logger.getLogger(CallMaker.class);
    private static final String NEW_ROOM = "out_";

    private final Supplier<Directory> directory;
    private final Dialler dialler;
    private final SuiteDefaults suite;
    private final LegRoutes routes;
    private final KeyedCalls keyed;
    private final Ringing ringing;
    private final Function<Supplier<UUID>, Envelopes> envelopes;
    private final Duration within;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final Clock clock;
    private final Supplier<UUID> random;

    /** The outcome of a request. */
    sealed interface Outcome {
        record Made(CallMade call) implements Outcome {}

        record Refused(DialDecision.Refuse refusal) implements Outcome {}
    }

    /**
     * @param envelopes creates envelopes of this service, with the given ids
     * @param within how long Kafka may take for the event
     */
    public CallMaker(
            Supplier<Directory> directory,
            Dialler dialler,
            SuiteDefaults suite,
            LegRoutes routes,
            KeyedCalls keyed,
            Ringing ringing,
            Function<Supplier<UUID>, Envelopes> envelopes,
            Duration within,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Clock clock,
            Supplier<UUID> random) {
        this.directory = directory;
        this.dialler = dialler;
        this.suite = suite;
        this.routes = routes;
        this.keyed = keyed;
        this.ringing = ringing;
        this.envelopes = envelopes;
        this.within = within;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param key of the request; the call's id is derived from it
     * @throws dev.trunkline.router.problem.Refused if the request names what the requester may not use, or Kafka does
     *     not take the event
     * @throws SQLException if Postgres cannot tell whether there was already a request with that key
     */
    Outcome make(Principal who, CallWish wish, Optional<String> key) throws InterruptedException, SQLException {
        Directory now = directory.get();
        Organisation organisation = Asker.organisation(who, wish.organisation(), now);
        if (who instanceof Principal.Tenant) {
            refuseOthers(wish, new OwnRooms(now, organisation), organisation);
        }
        Optional<Numbered> number = Numbered.of(wish.callerId(), now, organisation);
        var request = new DialRequest(organisation.ref(), wish.to(), wish.trunk(), number.map(Numbered::text), Optional.empty());
        return switch (dialler.decide(request, now)) {
            case DialDecision.Refuse refusal -> {
                metrics.calledOut(DialPurpose.DIAL, refusal.reason().code());
                LOG.infof("no outbound call for organisation=%s: %s", OneLine.of(organisation.name()), OneLine.of(refusal.detail()));
                yield new Outcome.Refused(refusal);
            }
            case DialDecision.Dial dial -> new Outcome.Made(publish(wish, key, now, organisation, number, dial));
        };
    }

    private CallMade publish(
            CallWish wish, Optional<String> key, Directory now, Organisation organisation, Optional<Numbered> number, DialDecision.Dial dial)
            throws InterruptedException, SQLException {
        Instant asked = clock.instant();
        CallId callId = key.map(text -> LegIds.ofKey(organisation.id(), text)).orElseGet(() -> LegIds.fresh(asked, random.get()));
        String shown = number.map(Numbered::text).or(() -> dial.trunk().callerId().number()).orElseThrow(() -> Refused.malformed(
                ("Organisation %s has no number under which a call could be reported, and trunk %s shows none: assign a number,"
                                + " or set the trunk's caller_id.")
                        .formatted(organisation.name(), dial.trunk().name())));
        CallRate rate = number.flatMap(own -> own.entry().callerRate()).or(organisation::callerRate).orElse(suite.callerRate());
        RateScope scope = number.flatMap(own -> own.entry().callerRate()).isPresent() ? RateScope.NUMBER : RateScope.ORGANISATION;
        CallRouted route = routes.of(
                new Leg(
                        callId, DialPurpose.DIAL, Optional.empty(), Optional.empty(), organisation.ref(), shown, RULE,
                        wish.room().orElseGet(() -> NEW_ROOM + RoomSuffix.of(callId)), wish.agents(),
                        ConfigLayers.merge(now, organisation, number.map(Numbered::entry), suite), wish.participant(), wish.names(),
                        wish.headers(), ringing.seconds(wish.ringingSeconds()), wish.longestSeconds(), false, false,
                        new Limits.CallerRate(rate.calls(), rate.windowSeconds(), scope),
                        Optional.empty(), asked, wish.extras(), wish.srtp()),
                dial);
        if (key.isEmpty() || !keyed.said(callId.value())) {
            // If two requests with one key publish it concurrently, it is still a single event.
            await(envelopes.apply(() -> LegIds.derived("routed " + callId)).first(route, Envelope.Owners.NONE));
            metrics.calledOut(DialPurpose.DIAL, RouterMetrics.DIALLED);
            LOG.infof("%s called out number=%s room=%s", CallLabel.of(route), route.number(), route.room());
            if (key.isPresent()) {
                keyed.say(callId.value(), UUID.fromString(organisation.id()));
            }
        }
        return new CallMade(
                callId.toString(), organisation.name(), dial.trunk().name(), route.room(), shown, dial.emergency(), dial.trace());
    }

    private void await(Envelope envelope) throws InterruptedException {
        try {
            publisher.publish(envelope).toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Refused.unavailable(("Kafka does not accept the call now; it will not be made later than %d s from now. Try again, with"
                            + " the same Idempotency-Key.")
                    .formatted(within.toSeconds()));
        }
    }

    private static void refuseOthers(CallWish wish, OwnRooms own, Organisation organisation) {
        if (wish.names().hasIds()) {
            throw Refused.forbidden("Only an administrator may set LiveKit's ids: leave out sip_call_id and sip_trunk_id.");
        }
        wish.room().filter(room -> !own.hasRoom(room)).ifPresent(room -> {
            throw Refused.forbidden(("The room does not belong to organisation %s: leave it out, or name one that begins with %s- or"
                            + " that a rule of yours leads to.")
                    .formatted(organisation.name(), organisation.name()));
        });
        wish.agents().stream().filter(agent -> !own.hasAgent(agent.name())).findFirst().ifPresent(agent -> {
            throw Refused.forbidden("The agent %s is in no rule of organisation %s: name one that is, or ask your operator."
                    .formatted(agent.name(), organisation.name()));
        });
    }
}
