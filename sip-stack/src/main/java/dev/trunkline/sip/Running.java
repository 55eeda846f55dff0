package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.lane.LaneTimer;
import dev.trunkline.sip.transaction.Action;
import dev.trunkline.sip.transaction.Input;
import dev.trunkline.sip.transaction.Machine;
import dev.trunkline.sip.transaction.Step;
import dev.trunkline.sip.transaction.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * One transaction on its lane; performs the actions of its state machine. Anything that is thrown ends it, and nothing keeps a
 * reference to it. Must be used on the lane.
 *
 * @param <S> states of its machine
 */
abstract class Running<S> {
    private final Machine<S> machine;
    private final Lane<?> lane;
    private final Map<Timer, LaneTimer> timers = new EnumMap<>(Timer.class);
    private S state;
    private boolean ended;

    Running(Machine<S> machine, Lane<?> lane) {
        this.machine = machine;
        this.lane = lane;
        this.state = machine.begin().state();
    }

    final void begin() {
        take(machine.begin());
    }

    final void on(Input input) {
        if (!ended) {
            take(machine.on(state, input));
        }
    }

    final boolean ended() {
        return ended;
    }

    private void take(Step<S> step) {
        boolean well = false;
        try {
            state = step.state();
            for (Action action : step.actions()) {
                perform(action);
            }
            well = true;
        } finally {
            if (!well) {
                end();
                broken();
            } else if (machine.over(state)) {
                end();
            }
        }
    }

    private void perform(Action action) {
        if (ended) {
            return;
        }
        switch (action) {
            case Action.Start(var timer, var after) -> start(timer, after);
            case Action.Stop(var timer) -> stop(timer);
            default -> act(action);
        }
    }

    /** Performs an action that does not concern a timer. */
    abstract void act(Action action);

    /** Removes it when it is over; it must not be found any more. Called once. */
    abstract void forget();

    /** Called when something was thrown, which ends it. */
    void broken() {}

    private void start(Timer timer, Duration after) {
        stop(timer);
        timers.put(timer, lane.after(after, () -> {
            timers.remove(timer);
            on(new Input.Fired(timer));
        }));
    }

    private void stop(Timer timer) {
        LaneTimer running = timers.remove(timer);
        if (running != null) {
            running.stop();
        }
    }

    final void end() {
        if (!ended) {
            ended = true;
            timers.values().forEach(LaneTimer::stop);
            timers.clear();
            forget();
        }
    }
}
