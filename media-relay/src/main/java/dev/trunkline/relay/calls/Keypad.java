package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.util.Optional;

/** Where the keys of a call's phone go: to the gate before the room, else to the room. Used in the call's queue only. */
final class Keypad {
    private final CallId callId;
    private final Optional<PinGate> gate;
    private final CallRoom here;
    private final CallVoice voice;

    Keypad(CallId callId, Optional<PinGate> gate, CallRoom here, CallVoice voice) {
        this.callId = callId;
        this.gate = gate;
        this.here = here;
        this.voice = voice;
    }

    void pressed(DtmfKey key) {
        if (!gate.map(barrier -> barrier.takes(key)).orElse(false)) {
            here.key(key);
        }
    }

    void released(int millis) {
        if (!gate.map(PinGate::takesRelease).orElse(false)) {
            voice.say(new DtmfReceived(callId, true, millis));
        }
    }
}
