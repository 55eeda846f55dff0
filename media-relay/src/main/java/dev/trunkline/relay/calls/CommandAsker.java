package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.relay.transfer.TransferRefusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The sender of a {@link TransferCall}: it reads the call's events, of which the relay publishes only a refusal. */
record CommandAsker(Envelope cause, TransferCall command, CallVoice voice) implements TransferAsker {
    @Override
    public String name() {
        return command.requestedBy();
    }

    @Override
    public String by() {
        return "command";
    }

    @Override
    public void refused(String transfer, TransferRefusal why) {
        voice.reply(cause, new TransferFailed(
                command.callId(), transfer, Optional.empty(), Optional.empty(), OptionalInt.empty(), why.getMessage(), List.of()));
    }

    @Override
    public void started(String transfer, Optional<CallId> leg) {
        // The sender reads the event.
    }

    @Override
    public void succeeded(String transfer, Optional<CallId> leg) {
        // The sender reads the event.
    }

    @Override
    public void failed(String transfer, String detail, OptionalInt status) {
        // The sender reads the event.
    }
}
