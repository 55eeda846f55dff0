package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.relays.RelayPlaces;
import java.time.Duration;

/**
 * Checks four times a second which relays are lost, and tells their calls. The calls of a relay that gives them away are told in turns,
 * each every four seconds, which keeps the relays that take them over from being asked for all at once.
 */
public final class RelayWatch {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private static final int TURNS = 16;

    private final Calls calls;
    private final CallParts parts;
    private final Duration silence;
    private final RelayPlaces places;
    /** Written by one timer after the other. */
    private volatile int turn;

    /**
     * @param silence of the table of relays, for messages
     * @param places are told which relays are silent
     */
    public RelayWatch(CallParts parts, Calls calls, Duration silence, RelayPlaces places) {
        this.parts = parts;
        this.calls = calls;
        this.silence = silence;
        this.places = places;
    }

    public void start() {
        parts.timers().after(BETWEEN, () -> {
            try {
                turn = (turn + 1) % TURNS;
                parts.relays().keepTime();
                parts.faults().guarded("relay-watch", () -> places.look(parts.relays().silent())).run();
                calls.all().forEach(call -> parts.faults().guarded("relay-watch", () -> look(call, isTurnOf(call))).run());
            } finally {
                start();
            }
        });
    }

    private boolean isTurnOf(Call call) {
        return Math.floorMod(call.id().hashCode(), TURNS) == turn;
    }

    /** @param mayMove whether it is the call's turn to be given to another relay */
    void look(Call call, boolean mayMove) {
        call.held().ifPresent(held -> {
            switch (parts.relays().of(held.relay(), held.since(), held.readyAt())) {
                case UNKNOWN, LIVES -> {}
                case LEAVES -> {
                    if (mayMove) {
                        call.on(new CallInput.RelayLeaves(held.relay()));
                    }
                }
                case SILENT -> lost(call, held, "the relay said nothing for more than " + silence.toSeconds() + " s");
                case GONE -> lost(call, held, "the relay ended");
                case RESTARTED -> lost(call, held, "the relay restarted");
            }
        });
    }

    private void lost(Call call, Call.Held held, String detail) {
        var lastSaid = parts.relays().lastSaid(held.relay(), held.since(), held.readyAt());
        call.on(new CallInput.RelayLost(held.relay(), detail, lastSaid));
    }
}
