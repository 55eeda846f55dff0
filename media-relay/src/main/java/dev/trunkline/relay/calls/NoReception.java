package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Optional;

/**
 * The reception of an outbound call in the room of the call that it is made for: the participants there have the caller, not the party
 * called. So nobody is waited for, nothing is played, and when the room empties the edge ends the two calls together.
 */
record NoReception(CallRoom here) implements Reception {
    @Override
    public void listened() {
        // Whom the caller listens to is reported in the caller's own call.
    }

    @Override
    public void published(RemoteAudioTrack track) {
        // It is heard once the call is answered, whoever publishes it.
    }

    @Override
    public void unpublished(RemoteAudioTrack track) {
        // As above.
    }

    @Override
    public void left(String sid, DisconnectReason why) {
        here.left(sid);
    }

    @Override
    public void enteredAgain() {
        // Nobody is missed here.
    }

    @Override
    public void partnerCalled(String transfer, CallId leg, boolean agentsStay) {
        // That concerns a caller.
    }

    @Override
    public void consulted(CallId leg) {
        // As above.
    }

    @Override
    public void partnerFailed(String transfer) {
        // As above.
    }

    @Override
    public void partnerJoined(CallId leg, boolean agentsStay) {
        // As above.
    }

    @Override
    public void agentWanted(boolean wanted) {
        // As above.
    }

    @Override
    public Optional<RemoteParticipant> agent() {
        return Optional.empty();
    }

    @Override
    public Optional<String> lastAgent() {
        return Optional.empty();
    }

    @Override
    public boolean isHandedOver() {
        return false;
    }

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public void goesOn() {
        // As above.
    }

    @Override
    public void look(long tookMillis) {
        // Nobody is to be reported.
    }

    @Override
    public void lost() {
        // A silent line for some seconds is better than waiting notes for somebody who has just picked up.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
