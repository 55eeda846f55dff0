package dev.trunkline.dispatcher.calls;

import dev.trunkline.dispatcher.warm.Given;
import dev.trunkline.dispatcher.warm.RoomGiver;
import dev.trunkline.dispatcher.watch.AgentWatch;
import dev.trunkline.dispatcher.watch.Effect;
import dev.trunkline.dispatcher.watch.Input;
import dev.trunkline.events.Agent;
import dev.trunkline.events.RoomGiven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Feeds one call's {@link AgentWatch} with its inputs and carries out its effects. Thread-safe. */
final class CallWatch {
    private static final Logger LOG = Logger.getLogger(CallWatch.class);
    /** An event this old may have been handled before, by a process that died before it could publish the result. */
    static final Duration SUSPICIOUS_AGE = Duration.ofMillis(250);
    private static final Duration STORY_PATIENCE = Duration.ofMillis(500);

    private final Wanted wanted;
    /** When the event that began this watch was published, by this process's clock. */
    private final Instant since;
    /** By seat. */
    private final List<Agent> agents;
    private final DispatcherTools tools;
    private final Stragglers stragglers;
    /** For the room in which the agents are wanted. */
    private CallDispatches dispatches;
    private final Telling telling;
    private final Supplier<Optional<Input>> fate;
    private final Runnable forget;
    private final AtomicBoolean forgotten = new AtomicBoolean();
    private Consumer<String> giveBack = none -> {};
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** Tasks that must run one after another. */
    private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
    /** Null until the watch has begun; inputs may arrive before that. */
    private AgentWatch watch;
    /** The room that was given to the call, until it is known whether the caller entered it. */
    private Optional<Given> unused = Optional.empty();
    private String room;
    /** How often LiveKit accepted a dispatch, by seat: in all rooms, and in those before this one. */
    private final int[] attempts;

    private int[] attemptsElsewhere;

    /**
     * @param fate what has become of the call, as far as Kafka has been read
     * @param forget called once, when nothing more can happen
     */
    CallWatch(
            Wanted wanted,
            DispatcherTools tools,
            Stragglers stragglers,
            Supplier<Optional<Input>> fate,
            Runnable forget) {
        this.wanted = wanted;
        this.since = tools.ages().here(wanted.cause().time());
        this.agents = wanted.plan().rounds().stream().flatMap(round -> round.agents().stream()).toList();
        this.attempts = new int[agents.size()];
        this.attemptsElsewhere = new int[agents.size()];
        this.tools = tools;
        this.stragglers = stragglers;
        this.room = wanted.route().room();
        this.dispatches = new CallDispatches(wanted, agents, tools, stragglers);
        this.telling = new Telling(wanted, tools);
        this.fate = fate;
        this.forget = forget;
    }

    /** Completes when the event that began this watch need not be redelivered. */
    CompletionStage<Void> settled() {
        return settled;
    }

    /** Nothing more can happen. */
    void forget() {
        if (!forgotten.getAndSet(true)) {
            forget.run();
        }
    }

    /** Returns the {@code ce_id} of the event that began this watch. */
    UUID cause() {
        return wanted.cause().id();
    }

    /** @param watchedBefore whether this process itself takes back what was dispatched before everybody left */
    void begin(boolean watchedBefore) {
        begin(watchedBefore, List.of());
    }

    /**
     * Begins a watch for a rule with warm agents, who may already be waiting for the caller.
     *
     * @param rooms gives rooms, and takes them back
     * @param said what a dispatcher has already published about the call, as far as Kafka has been read
     */
    void beginWarm(RoomGiver rooms, Optional<RoomGiven> said) {
        Optional<Given> given = said.isPresent()
                ? said.get().room().map(named -> new Given(named, said.get().dispatches()))
                : young() ? rooms.give(wanted.route()) : Optional.empty();
        if (said.isEmpty()) {
            telling.given(given);
        }
        synchronized (this) {
            giveBack = rooms::takeBack;
            unused = given;
            given.ifPresent(there -> moveTo(there.room()));
            begin(false, given.map(Given::dispatches).orElse(List.of()));
        }
    }

    /** With an older admission, the relay has long begun to join. */
    private boolean young() {
        return age(tools.clock().instant()).compareTo(SUSPICIOUS_AGE) <= 0;
    }

    private void moveTo(String other) {
        room = other;
        dispatches = new CallDispatches(wanted.in(other), agents, tools, stragglers);
    }

    /**
     * The caller is in this room: agents are wanted there and nowhere else.
     *
     * @param there dispatches of the agents who already wait there; empty if none are known
     */
    synchronized void entered(String where, List<String> there) {
        if (watch == null) {
            // As with inputs.
            return;
        }
        Optional<Given> given = unused;
        unused = Optional.empty();
        if (where.equals(room) || !watch.waiting()) {
            given.filter(mine -> !mine.room().equals(where)).ifPresent(mine -> giveBack.accept(mine.room()));
            return;
        }
        LOG.infof("%s the caller is in room %s and not in %s: asking for agents there", wanted.label(), where, room);
        CallDispatches before = dispatches;
        if (given.isPresent()) {
            giveBack.accept(given.get().room());
        } else {
            watch.dispatches().forEach(id -> inOrder(() -> before.withdraw(id)));
        }
        moveTo(where);
        attemptsElsewhere = attempts.clone();
        if (there.isEmpty()) {
            dispatches.mayHaveBeenAskedFor();
        }
        take(AgentWatch.begin(wanted.plan(), age(tools.clock().instant()), there));
    }

    private synchronized void begin(boolean watchedBefore, List<String> there) {
        Duration elapsed = age(tools.clock().instant());
        if (tools.older(wanted.cause(), SUSPICIOUS_AGE)) {
            dispatches.mayHaveBeenAskedFor();
        }
        if (wanted.plan().again()) {
            dispatches.mayHaveBeenLeftBehind(watchedBefore);
        }
        take(AgentWatch.begin(wanted.plan(), elapsed, there));
    }

    synchronized void input(Input input) {
        if (watch == null) {
            // The code that begins the watch asks what has become of the call as soon as it has begun.
            return;
        }
        if (input instanceof Input.SomebodyJoined && watch.waiting()) {
            Duration took = age(tools.clock().instant());
            tools.metrics().joined(took);
            LOG.infof("%s somebody is listening after %d ms", wanted.label(), took.toMillis());
        }
        if (input instanceof Input.SomebodyJoined) {
            dispatches.somebodyListens();
        }
        if (input instanceof Input.CallOver) {
            dispatches.callIsOver();
            // Nobody entered the room.
            unused.ifPresent(mine -> giveBack.accept(mine.room()));
            unused = Optional.empty();
        }
        take(watch.on(input));
    }

    private void take(AgentWatch.Step step) {
        watch = step.watch();
        step.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Ask(int seat, Optional<String> instead) -> answered(here -> here.ask(seat, instead));
            case Effect.Look(int seat, String id) -> answered(here -> new Input.Found(seat, id, here.look(id)));
            case Effect.Wait(int round, Duration time) -> {
                if (round > 0) {
                    tools.metrics().fallback();
                    LOG.infof("%s nobody came: step %d of the fallback", wanted.label(), round);
                }
                tools.later(time, () -> atItsTime(new Input.PatienceOver(round)));
            }
            case Effect.Retry(int seat, Duration after) -> later(after, new Input.RetryDue(seat));
            case Effect.LookLater(int seat, String id, Duration after) -> later(after, new Input.LookDue(seat, id));
            case Effect.TellDispatched told -> {
                Duration took = age(tools.clock().instant());
                int attempt = attemptsElsewhere[told.seat()] + told.attempt();
                attempts[told.seat()] = attempt;
                var counted = new Effect.TellDispatched(told.seat(), told.dispatchId(), attempt);
                inOrder(() -> telling.dispatched(counted, agents.get(told.seat()), took));
            }
            case Effect.TellUnavailable none -> inOrder(() -> telling.unavailable(none, diagnosis()));
            case Effect.Withdraw(String id) -> {
                CallDispatches here = dispatches;
                inOrder(() -> here.withdraw(id));
            }
            case Effect.Recall(int seat) -> {
                CallDispatches here = dispatches;
                inOrder(() -> here.recall(seat));
            }
            case Effect.Settle() -> work.whenComplete((done, failure) -> settle(failure));
            case Effect.Forget() -> forget();
        }
    }

    /** The timer is for one room: if the caller turns out to be in another, it has no effect. */
    private void later(Duration after, Input timer) {
        CallDispatches here = dispatches;
        tools.later(after, () -> {
            if (!elsewhere(here)) {
                atItsTime(timer);
            }
        });
    }

    /** A query to LiveKit. */
    private interface Question {
        Input ask(CallDispatches here) throws InterruptedException;
    }

    private void answered(Question question) {
        CallDispatches here = dispatches;
        tools.run(() -> {
            try {
                Input answer = question.ask(here);
                if (!elsewhere(here)) {
                    input(answer);
                } else if (answer instanceof Input.Dispatched(int seat, String id, boolean ours) && ours) {
                    here.withdraw(id);
                }
            } catch (InterruptedException e) {
                // The process stops; the replica that gets the event next takes over the watch.
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Whether the caller turned out to be in another room than the given one. */
    private synchronized boolean elsewhere(CallDispatches here) {
        return here != dispatches;
    }

    private void settle(Throwable failure) {
        if (failure == null) {
            settled.complete(null);
        } else if (!(failure.getCause() instanceof InterruptedException)) {
            settled.completeExceptionally(failure);
        }
        // Interrupted: the process stops, and the replica that gets the event next takes over the watch.
    }

    /** Events of the call take precedence over a timer. */
    private void atItsTime(Input timer) {
        fate.get().ifPresent(this::input);
        input(timer);
    }

    /** A task that fails does not prevent the next one from running; the event then becomes a dead letter. */
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

    /** A blocking task. */
    private interface Task {
        void run() throws InterruptedException;
    }

    /** Returns what LiveKit knows about a dispatch that led to nothing; empty if there is none or LiveKit does not say. */
    private Optional<String> diagnosis() {
        Optional<String> dispatchId;
        CallDispatches here;
        synchronized (this) {
            here = dispatches;
            dispatchId = watch.dispatchId();
        }
        return dispatchId.flatMap(id -> CompletableFuture.supplyAsync(() -> here.story(id), tools::run)
                .completeOnTimeout(Optional.empty(), STORY_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    }

    private Duration age(Instant now) {
        return Duration.between(since, now);
    }
}
