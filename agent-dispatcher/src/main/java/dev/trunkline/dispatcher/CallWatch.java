package dev.trunkline.dispatcher;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.livekit.LiveKitException;
import dev.trunkline.dispatcher.watch.AgentWatch;
import dev.trunkline.dispatcher.watch.Effect;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.dispatcher.watch.Plan;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Gives one call's {@link AgentWatch} its inputs and does what it wants done. Thread-safe. */
final class CallWatch {
    private static final Logger LOG = Logger.getLogger(CallWatch.class);
    /** An admission that is this old was perhaps handled before, by somebody who did not live to say so. */
    private static final Duration SUSPICIOUS_AGE = Duration.ofMillis(250);
    /** Clocks of this machine's neighbours may be off by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);
    private static final Duration STORY_PATIENCE = Duration.ofMillis(500);

    private final Envelope cause;
    private final CallRouted route;
    private final Plan plan;
    /** By seat. */
    private final List<Agent> agents;
    private final DispatcherTools tools;
    private final Supplier<Optional<Input>> fate;
    private final Runnable forget;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** Seats of which LiveKit may know already. */
    private final Set<Integer> perhapsThere = new HashSet<>();
    /** What must be done one after the other. */
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    private AgentWatch watch;

    /**
     * @param fate what has become of the call, as far as Kafka was read
     * @param forget called when nothing more can happen
     */
    CallWatch(
            Envelope cause,
            CallAdmitted admitted,
            DispatcherTools tools,
            Supplier<Optional<Input>> fate,
            Runnable forget) {
        this.cause = cause;
        this.route = admitted.route();
        this.plan = Plan.of(route);
        this.agents = plan.rounds().stream().flatMap(round -> round.agents().stream()).toList();
        this.tools = tools;
        this.fate = fate;
        this.forget = forget;
    }

    /** Completes when the admission need not come again. */
    CompletionStage<Void> settled() {
        return settled;
    }

    synchronized void begin() {
        Duration elapsed = age(tools.clock().instant());
        if (elapsed.compareTo(SUSPICIOUS_AGE) > 0) {
            for (int seat = 0; seat < agents.size(); seat++) {
                perhapsThere.add(seat);
            }
        }
        take(AgentWatch.begin(plan, elapsed));
    }

    synchronized void input(Input input) {
        if (input instanceof Input.SomebodyJoined && watch.waiting()) {
            Duration took = age(tools.clock().instant());
            tools.metrics().joined(took);
            LOG.infof("call=%s somebody listens after %d ms", callId(), took.toMillis());
        }
        take(watch.on(input));
    }

    private void take(AgentWatch.Step step) {
        watch = step.watch();
        step.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Ask(int seat) -> {
                boolean lookFirst = !perhapsThere.add(seat);
                tools.run(() -> ask(seat, lookFirst));
            }
            case Effect.Wait(int round, Duration time) -> {
                if (round > 0) {
                    tools.metrics().fallback();
                    LOG.infof("call=%s nobody came: step %d of the fallback", callId(), round);
                }
                tools.later(time, () -> atItsTime(new Input.PatienceOver(round)));
            }
            case Effect.Retry(int seat, Duration after) ->
                tools.later(after, () -> atItsTime(new Input.RetryDue(seat)));
            case Effect.TellDispatched(int seat, String id) -> inOrder(() -> tellDispatched(seat, id));
            case Effect.TellUnavailable none -> inOrder(() -> tellUnavailable(none));
            case Effect.Withdraw(String id) -> inOrder(() -> withdraw(id));
            case Effect.Recall(int seat) -> inOrder(() -> recall(seat));
            case Effect.Settle() -> work.whenComplete((done, failure) -> settle(failure));
            case Effect.Forget() -> forget.run();
        }
    }

    private void settle(Throwable failure) {
        if (failure == null) {
            settled.complete(null);
        } else if (!(failure.getCause() instanceof InterruptedException)) {
            settled.completeExceptionally(failure);
        }
        // Interrupted: the process stops, and whoever gets the admission next takes up the watch.
    }

    /** What happened to the call comes before what a timer says. */
    private void atItsTime(Input timer) {
        fate.get().ifPresent(this::input);
        input(timer);
    }

    /** A task that fails does not keep the next from being done; the admission then ends as a dead letter. */
    private void inOrder(Task task) {
        work = work.handleAsync((done, before) -> {
            Optional<Throwable> own = failure(task);
            Optional<Throwable> failure = Optional.ofNullable(before).or(() -> own);
            if (failure.isPresent()) {
                throw new CompletionException(failure.get() instanceof CompletionException wrapped ? wrapped.getCause() : failure.get());
            }
            return null;
        }, tools::run);
    }

    private Optional<Throwable> failure(Task task) {
        try {
            task.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (Throwable fault) {
            tools.caught(fault);
            return Optional.of(fault);
        }
    }

    /** Something that waits. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private void ask(int seat, boolean lookFirst) {
        Agent agent = agents.get(seat);
        try {
            AgentDispatches livekit = tools.livekit();
            Optional<String> there = lookFirst ? find(agent) : Optional.empty();
            if (plan.roomMustExist() && !livekit.exists(route.room())) {
                // The relay refuses the call for the same reason; if the room comes in time the agent does too.
                throw new LiveKitException("the room must exist already and does not", false);
            } else if (there.isPresent()) {
                tools.metrics().adopted();
                input(new Input.Dispatched(seat, there.get()));
            } else {
                input(new Input.Dispatched(seat, livekit.create(route.room(), agent)));
            }
        } catch (LiveKitException e) {
            tools.metrics().refused();
            LOG.warnf("call=%s dispatch of %s failed: %s", callId(), agent.name(), e.getMessage());
            input(new Input.Refused(seat, e.getMessage(), e.forGood()));
        } catch (InterruptedException e) {
            // The process stops; whoever gets the admission next takes up the watch.
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            // The seat is free again, and patience ends as ever.
            tools.caught(fault);
            input(new Input.Refused(seat, "asking for it failed in the dispatcher", false));
        }
    }

    private Optional<String> find(Agent agent) throws LiveKitException, InterruptedException {
        return tools.livekit().find(route.room(), agent, route.invite().receivedAt().minus(CLOCK_SKEW));
    }

    private void recall(int seat) throws InterruptedException {
        try {
            Optional<String> left = find(agents.get(seat));
            if (left.isPresent()) {
                withdraw(left.get());
            }
        } catch (LiveKitException e) {
            LOG.warnf("call=%s a dispatch of %s may still be there: %s", callId(), agents.get(seat).name(), e.getMessage());
        }
    }

    private void tellDispatched(int seat, String dispatchId) {
        String agent = agents.get(seat).name();
        Duration took = age(tools.clock().instant());
        tools.metrics().dispatched(took);
        LOG.infof("call=%s dispatched %s as %s in %d ms", callId(), agent, dispatchId, took.toMillis());
        var event = new AgentDispatched(callId(), agent, dispatchId, took.toMillis());
        publish(forSeat(tools.envelopes().reply(cause, event), seat));
    }

    /** A cause with several effects of one kind: each has an id of its own, and the same one each time. */
    private static Envelope forSeat(Envelope envelope, int seat) {
        if (seat == 0) {
            return envelope;
        }
        byte[] name = (envelope.id() + "/" + seat).getBytes(StandardCharsets.US_ASCII);
        return new Envelope(
                UUID.nameUUIDFromBytes(name), envelope.source(), envelope.time(), envelope.owners(),
                envelope.traceparent(), envelope.record());
    }

    private void tellUnavailable(Effect.TellUnavailable none) {
        String told = Stream.of(Optional.of(none.why()), diagnosis(), plan.next())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        tools.metrics().unavailable();
        LOG.infof("call=%s no agent: %s", callId(), told);
        var event = new AgentUnavailable(callId(), none.agents(), none.waitedSeconds(), told, plan.left());
        publish(tools.envelopes().reply(cause, event));
    }

    private void publish(Envelope envelope) {
        tools.publisher().publish(envelope).toCompletableFuture().join();
    }

    /** What LiveKit knows of a dispatch that led to nothing; empty if there is none or LiveKit does not say. */
    private Optional<String> diagnosis() {
        Optional<String> dispatchId;
        synchronized (this) {
            dispatchId = watch.dispatchId();
        }
        return dispatchId.flatMap(id -> CompletableFuture.supplyAsync(() -> story(id), tools::run)
                .completeOnTimeout(Optional.empty(), STORY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .map("LiveKit says that %s."::formatted));
    }

    private Optional<String> story(String dispatchId) {
        try {
            return tools.livekit().story(route.room(), dispatchId);
        } catch (LiveKitException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void withdraw(String dispatchId) throws InterruptedException {
        try {
            if (tools.livekit().delete(route.room(), dispatchId)) {
                tools.metrics().withdrawn();
                LOG.infof("call=%s took back dispatch %s", callId(), dispatchId);
            }
        } catch (LiveKitException e) {
            // An empty room takes its dispatches with it.
            LOG.infof("call=%s dispatch %s is left to LiveKit: %s", callId(), dispatchId, e.getMessage());
        }
    }

    private Duration age(Instant now) {
        Duration age = Duration.between(cause.time(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private CallId callId() {
        return cause.callId();
    }
}
