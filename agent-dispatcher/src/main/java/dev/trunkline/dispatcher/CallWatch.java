package dev.trunkline.dispatcher;

import dev.trunkline.dispatcher.watch.AgentWatch;
import dev.trunkline.dispatcher.watch.Effect;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.events.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Gives one call's {@link AgentWatch} its inputs and does what it wants done. Thread-safe. */
final class CallWatch {
    private static final Logger LOG = Logger.getLogger(CallWatch.class);
    /** An event that is this old was perhaps handled before, by somebody who did not live to say so. */
    private static final Duration SUSPICIOUS_AGE = Duration.ofMillis(250);
    private static final Duration STORY_PATIENCE = Duration.ofMillis(500);

    private final Wanted wanted;
    /** By seat. */
    private final List<Agent> agents;
    private final DispatcherTools tools;
    private final CallDispatches dispatches;
    private final Telling telling;
    private final Supplier<Optional<Input>> fate;
    private final Runnable forget;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** What must be done one after the other. */
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    /** Inputs may come before it has begun. */
    private AgentWatch watch;

    /**
     * @param fate what has become of the call, as far as Kafka was read
     * @param forget called when nothing more can happen
     */
    CallWatch(
            Wanted wanted,
            DispatcherTools tools,
            Stragglers stragglers,
            Supplier<Optional<Input>> fate,
            Runnable forget) {
        this.wanted = wanted;
        this.agents = wanted.plan().rounds().stream().flatMap(round -> round.agents().stream()).toList();
        this.tools = tools;
        this.dispatches = new CallDispatches(wanted, agents, tools, stragglers);
        this.telling = new Telling(wanted, tools);
        this.fate = fate;
        this.forget = forget;
    }

    /** Completes when the event that began this watch need not come again. */
    CompletionStage<Void> settled() {
        return settled;
    }

    /** The {@code ce_id} of the event that began this watch. */
    UUID cause() {
        return wanted.cause().id();
    }

    /** @param watchedBefore whether this process takes back itself what was dispatched before everybody left */
    synchronized void begin(boolean watchedBefore) {
        Duration elapsed = age(tools.clock().instant());
        if (elapsed.compareTo(SUSPICIOUS_AGE) > 0) {
            dispatches.mayHaveBeenAskedFor();
        }
        if (wanted.plan().again()) {
            dispatches.mayHaveBeenLeftBehind(watchedBefore);
        }
        take(AgentWatch.begin(wanted.plan(), elapsed));
    }

    synchronized void input(Input input) {
        if (watch == null) {
            // Whoever began it asks what has become of the call as soon as it has begun.
            return;
        }
        if (input instanceof Input.SomebodyJoined && watch.waiting()) {
            Duration took = age(tools.clock().instant());
            tools.metrics().joined(took);
            LOG.infof("%s somebody listens after %d ms", wanted.label(), took.toMillis());
        }
        if (input instanceof Input.SomebodyJoined) {
            dispatches.somebodyListens();
        }
        if (input instanceof Input.CallOver) {
            dispatches.callIsOver();
        }
        take(watch.on(input));
    }

    private void take(AgentWatch.Step step) {
        watch = step.watch();
        step.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Ask(int seat, Optional<String> instead) -> answered(() -> dispatches.ask(seat, instead));
            case Effect.Look(int seat, String id) ->
                answered(() -> new Input.Found(seat, id, dispatches.look(id)));
            case Effect.Wait(int round, Duration time) -> {
                if (round > 0) {
                    tools.metrics().fallback();
                    LOG.infof("%s nobody came: step %d of the fallback", wanted.label(), round);
                }
                tools.later(time, () -> atItsTime(new Input.PatienceOver(round)));
            }
            case Effect.Retry(int seat, Duration after) ->
                tools.later(after, () -> atItsTime(new Input.RetryDue(seat)));
            case Effect.LookLater(int seat, String id, Duration after) ->
                tools.later(after, () -> atItsTime(new Input.LookDue(seat, id)));
            case Effect.TellDispatched told -> {
                Duration took = age(tools.clock().instant());
                inOrder(() -> telling.dispatched(told, agents.get(told.seat()), took));
            }
            case Effect.TellUnavailable none -> inOrder(() -> telling.unavailable(none, diagnosis()));
            case Effect.Withdraw(String id) -> inOrder(() -> dispatches.withdraw(id));
            case Effect.Recall(int seat) -> inOrder(() -> dispatches.recall(seat));
            case Effect.Settle() -> work.whenComplete((done, failure) -> settle(failure));
            case Effect.Forget() -> forget.run();
        }
    }

    /** A question to LiveKit. */
    private interface Question {
        Input ask() throws InterruptedException;
    }

    private void answered(Question question) {
        tools.run(() -> {
            try {
                input(question.ask());
            } catch (InterruptedException e) {
                // The process stops; whoever gets the event next takes up the watch.
                Thread.currentThread().interrupt();
            }
        });
    }

    private void settle(Throwable failure) {
        if (failure == null) {
            settled.complete(null);
        } else if (!(failure.getCause() instanceof InterruptedException)) {
            settled.completeExceptionally(failure);
        }
        // Interrupted: the process stops, and whoever gets the event next takes up the watch.
    }

    /** What happened to the call comes before what a timer says. */
    private void atItsTime(Input timer) {
        fate.get().ifPresent(this::input);
        input(timer);
    }

    /** A task that fails does not keep the next from being done; the event then ends as a dead letter. */
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

    /** What LiveKit knows of a dispatch that led to nothing; empty if there is none or LiveKit does not say. */
    private Optional<String> diagnosis() {
        Optional<String> dispatchId;
        synchronized (this) {
            dispatchId = watch.dispatchId();
        }
        return dispatchId.flatMap(id -> CompletableFuture.supplyAsync(() -> dispatches.story(id), tools::run)
                .completeOnTimeout(Optional.empty(), STORY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    }

    private Duration age(Instant now) {
        Duration age = Duration.between(wanted.cause().time(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
