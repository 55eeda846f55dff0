package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.relay.dtmf.DtmfKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Routes the keys of a call's phone: to the gate before the room, to a message that is being taken, else to the room. Used in the call's
 * queue only.
 */
final class Keypad {
    private static final Logger LOG = Logger.getLogger(Keypad.class);

    private final CallId callId;
    private final String label;
    private final Optional<PinGate> gate;
    private final MessageTaker messages;
    private final CallRoom here;
    private final CallVoice voice;
    private final Sealer sealer;

    /**
     * @param label of the call in the log
     * @param sealer opens keys that the edge sends
     */
    Keypad(CallId callId, String label, Optional<PinGate> gate, MessageTaker messages, CallRoom here, CallVoice voice, Sealer sealer) {
        this.sealer = sealer;
        this.callId = callId;
        this.label = label;
        this.gate = gate;
        this.messages = messages;
        this.here = here;
        this.voice = voice;
    }

    /** The phone sent a key to the edge by INFO; the edge has already published that it was pressed. */
    void told(String sealedKey) {
        try {
            String digit = new String(sealer.open(callId, sealedKey), StandardCharsets.US_ASCII);
            DtmfKey.ofDigit(digit).ifPresent(key -> {
                pressed(key);
                gate.ifPresent(PinGate::takesRelease);
            });
        } catch (SealBrokenException e) {
            LOG.warnf("%s a key reported by the edge cannot be read: %s", label, e.getMessage());
        }
    }

    void pressed(DtmfKey key) {
        if (!gate.map(barrier -> barrier.takes(key)).orElse(false) && !messages.takes(key)) {
            here.key(key);
        }
    }

    void released(int millis) {
        if (!gate.map(PinGate::takesRelease).orElse(false)) {
            voice.say(new DtmfReceived(callId, true, millis));
        }
    }
}
