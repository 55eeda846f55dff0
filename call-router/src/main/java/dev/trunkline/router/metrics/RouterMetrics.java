package dev.trunkline.router.metrics;

import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.routing.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every metric of the router, with its name and meaning. */
public final class RouterMetrics {
    private static final String ROUTED = "routed";
    private static final String FORWARDED = "forwarded";
    private static final String ASKED = "asked";
    public static final String LATE = "late";
    /** Outcomes of requests for outbound calls. */
    public static final String DIALLED = "dialled";
    public static final String REFERRED = "referred";
    private static final Set<RefusalReason> OWN_REASONS = EnumSet.of(
            RefusalReason.NUMBER_UNKNOWN,
            RefusalReason.NUMBER_INACTIVE,
            RefusalReason.CALLER_NOT_ALLOWED,
            RefusalReason.NO_RULE,
            RefusalReason.WEBHOOK_FAILED,
            RefusalReason.DECLINED);
    private static final Set<RefusalReason> REASONS_OUT = EnumSet.of(
            RefusalReason.DESTINATION_INVALID, RefusalReason.DESTINATION_FORBIDDEN, RefusalReason.NO_OUTBOUND_TRUNK);

    private final MeterRegistry registry;
    private final Timer decision;
    private final Meter.MeterProvider<Counter> decisions;
    private final Meter.MeterProvider<Counter> callsOut;
    private final Timer webhook;
    private final Meter.MeterProvider<Counter> webhookOutcomes;
    private final Counter dialsNotFollowed;
    private final Counter notAllowed;
    private final Counter reloads;
    private final Counter reloadFailures;
    private final Counter announced;
    private final Counter announceFailures;
    private final Counter warmRoomsFailures;
    private final Counter provisioningFailures;
    private final Counter writtenBack;

    public RouterMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.decision = Timer.builder("trunkline.router.decision")
                .description("CPU part of a decision: unsealing and routing")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.decisions = Counter.builder("trunkline.router.decisions")
                .description("Calls by outcome: routed, forwarded, asked (a webhook decides later), late, or the reason for the refusal")
                .withRegistry(registry);
        // At zero from the start, so that a rate over them is right from the first call.
        Stream.concat(Stream.of(ROUTED, FORWARDED, ASKED, LATE), OWN_REASONS.stream().map(RefusalReason::code)).forEach(this::outcome);
        this.callsOut = Counter.builder("trunkline.router.calls.out")
                .description("Requests for outbound calls by purpose (dial, transfer, forward) and outcome: dialled, referred (the"
                        + " caller's side is asked to call), late, or the reason for the refusal")
                .withRegistry(registry);
        for (DialPurpose purpose : DialPurpose.values()) {
            Stream.concat(Stream.of(DIALLED), REASONS_OUT.stream().map(RefusalReason::code)).forEach(outcome -> out(purpose, outcome));
        }
        Stream.of(REFERRED, LATE).forEach(outcome -> out(DialPurpose.TRANSFER, outcome));
        out(DialPurpose.FORWARD, LATE);
        this.webhook = Timer.builder("trunkline.router.webhook.latency")
                .description("Time from the request to a webhook's answer, or to giving up, including all attempts")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.webhookOutcomes = Counter.builder("trunkline.router.webhook.requests")
                .description("Webhook requests by outcome: what the answer said (room, forward, refer, decline, redirect),"
                        + " or why there was no usable answer")
                .withRegistry(registry);
        this.dialsNotFollowed = counter(
                "trunkline.router.webhook.dials.not.followed",
                "Dials, and targets of dials, in webhooks' answers that are not followed");
        this.notAllowed = counter(
                "trunkline.router.webhook.not.allowed",
                "Answers of webhooks that named a room or an agent that does not belong to the organisation");
        this.reloads = counter("trunkline.router.directory.reloads", "Directories loaded from Postgres");
        this.reloadFailures =
                counter("trunkline.router.directory.failures", "Failed attempts to read the directory from Postgres");
        this.announced = counter("trunkline.router.trunks.announced", "Trunks, announcement sounds and tombstones written to Kafka");
        this.announceFailures =
                counter("trunkline.router.trunks.failures", "Failed attempts to empty the outbox of trunks");
        this.provisioningFailures = counter(
                "trunkline.router.provisioning.failures", "Failed attempts to take trunks and rules from LiveKit");
        this.writtenBack = counter(
                "trunkline.router.provisioning.written.back", "Trunks and rules that LiveKit's Redis had lost and that were written back");
        this.warmRoomsFailures = counter(
                "trunkline.router.warm.failures", "Failed attempts to publish in how many rooms agents are to wait");
    }

    public void decided(Decision made, Duration took) {
        decision.record(took);
        switch (made) {
            case Decision.Route route -> outcome(ROUTED).increment();
            case Decision.Redirect redirect -> outcome(FORWARDED).increment();
            case Decision.Ask ask -> outcome(ASKED).increment();
            case Decision.Refuse refuse -> outcome(refuse.reason().code()).increment();
        }
    }

    /** @param outcome one of the constants here, or the reason of a refusal */
    public void calledOut(DialPurpose purpose, String outcome) {
        out(purpose, outcome).increment();
    }

    private Counter out(DialPurpose purpose, String outcome) {
        return callsOut.withTags("purpose", purpose.code(), "outcome", outcome);
    }

    /** @param outcome the outcome of the webhook's answer, or why there was none */
    public void webhookAsked(String outcome, Duration took) {
        webhookOutcomes.withTag("outcome", outcome).increment();
        webhook.record(took);
    }

    public void dialNotFollowed() {
        dialsNotFollowed.increment();
    }

    public void notAllowed() {
        notAllowed.increment();
    }

    /** @param open URLs that are currently not asked */
    public void watchBreakers(Supplier<Number> open) {
        gauge("trunkline.router.webhook.breakers.open", "Webhook URLs whose circuit breaker is open or half-open", open);
    }

    public void late() {
        outcome(LATE).increment();
    }

    public void reloaded() {
        reloads.increment();
    }

    public void reloadFailed() {
        reloadFailures.increment();
    }

    public void announced(int trunks) {
        announced.increment(trunks);
    }

    public void warmRoomsFailed() {
        warmRoomsFailures.increment();
    }

    public void provisioningFailed() {
        provisioningFailures.increment();
    }

    /** @param items that LiveKit had lost */
    public void writtenBack(int items) {
        writtenBack.increment(items);
    }

    /** @param conflicts between LiveKit's trunks and rules and the directory, as known to the replica that compared last */
    public void watchProvisioning(Supplier<Number> conflicts) {
        gauge("trunkline.router.provisioning.conflicts", "LiveKit's trunks and rules that differ from the directory", conflicts);
    }

    public void announceFailed() {
        announceFailures.increment();
    }

    /** @param version of the directory in memory */
    public void watchDirectory(Supplier<Number> version, Supplier<Number> numbers) {
        gauge("trunkline.router.directory.version", "Version of the directory in memory", version);
        gauge("trunkline.router.directory.numbers", "Numbers in the directory in memory", numbers);
    }

    /** @param calls in the table of live calls */
    public void watchLiveCalls(Supplier<Number> calls) {
        gauge("trunkline.router.live.calls", "Calls that currently hold a slot, according to the topic live-calls", calls);
    }

    /** @param deafSeconds for how long the topic of live calls has not been read to its end */
    public void watchLiveTopic(Supplier<Number> deafSeconds) {
        gauge("trunkline.router.live.deaf.seconds", "For how long the topic live-calls has not been read to its end", deafSeconds);
    }

    private Counter outcome(String outcome) {
        return decisions.withTag("outcome", outcome);
    }

    private Counter counter(String name, String help) {
        return Counter.builder(name).description(help).register(registry);
    }

    private void gauge(String name, String help, Supplier<Number> value) {
        Gauge.builder(name, value).description(help).register(registry);
    }
}
