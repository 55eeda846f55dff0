package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Optional;

/**
 * Of a call out in the room of the call that it is made for: whoever is there has the caller, not the one who is called. So
 * nobody is waited for, nothing is played, and when the room empties the edge ends the two calls together.
 */
record NoReception(CallRoom here) implements Reception {
    @Override
    public void listened() {
        // Whom the caller listens to is told of the caller's call.
    }

    @Override
    public void published(RemoteAudioTrack track) {
        // It is heard once the call is answered, whoever publishes it.
    }

    @Override
    public void unpublished(RemoteAudioTrack track) {
        // The same.
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
        // That is for a caller.
    }

    @Override
    public void consulted(CallId leg) {
        // The same.
    }

    @Override
    public void partnerFailed(String transfer) {
        // The same.
    }

    @Override
    public void partnerJoined(CallId leg, boolean agentsStay) {
        // The same.
    }

    @Override
    public void agentWanted(boolean wanted) {
        // The same.
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
        // The same.
    }

    @Override
    public void look(long tookMillis) {
        // Nobody is to be said.
    }

    @Override
    public void lost() {
        // A line that is still for seconds is better than notes for one who has just picked up.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
