package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallInput;
import java.time.Duration;

/** Looks twice a second whose relay is lost, and tells those calls. */
public final class RelayWatch {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Calls calls;
    private final CallParts parts;
    private final Duration silence;

    /** @param silence of the table of relays, for words */
    public RelayWatch(CallParts parts, Calls calls, Duration silence) {
        this.parts = parts;
        this.calls = calls;
        this.silence = silence;
    }

    public void start() {
        parts.timers().after(BETWEEN, () -> {
            try {
                calls.all().forEach(call -> parts.faults().guarded("relay-watch", () -> look(call)).run());
            } finally {
                start();
            }
        });
    }

    void look(Call call) {
        call.held().ifPresent(held -> {
            switch (parts.relays().of(held.relay(), held.since(), held.readyAt())) {
                case UNKNOWN, LIVES -> {}
                case SILENT -> lost(call, held, "the relay said nothing for " + silence.toSeconds() + " s");
                case GONE -> lost(call, held, "the relay ended");
                case RESTARTED -> lost(call, held, "the relay began anew");
            }
        });
    }

    private void lost(Call call, Call.Held held, String detail) {
        var lastSaid = parts.relays().lastSaid(held.relay(), held.readyAt());
        call.on(new CallInput.RelayLost(held.relay(), detail, lastSaid));
    }
}
