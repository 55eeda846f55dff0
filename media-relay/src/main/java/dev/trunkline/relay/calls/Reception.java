package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Optional;

/**
 * Reacts to participants who enter and leave the room of a call: {@link CallerReception} for callers, and for parties that a program has
 * called; {@link NoReception} for targets of a hand-over. Used in the call's queue only.
 */
interface Reception {
    /** LiveKit says that somebody listens to the phone; it may announce that participant only seconds later, if nothing is published. */
    void listened();

    /** The phone can hear this track from now on. */
    void published(RemoteAudioTrack track);

    /** This track is gone. */
    void unpublished(RemoteAudioTrack track);

    /** Somebody left the room. */
    void left(String sid, DisconnectReason why);

    /** The room was entered again. */
    void enteredAgain();

    /** The target of a hand-over is being called. */
    void partnerCalled(String transfer, CallId leg, boolean agentsStay);

    /** A target that speaks with the agents first is being called: no company for the caller yet. */
    void consulted(CallId leg);

    /** The hand-over failed. */
    void partnerFailed(String transfer);

    /** The caller was handed over: from now on the edge decides the end of the call. */
    void partnerJoined(CallId leg, boolean agentsStay);

    /** A person wants an agent to take over, or no longer wants it. */
    void agentWanted(boolean wanted);

    /** Returns the agent who answers at this moment. */
    Optional<RemoteParticipant> agent();

    /** Returns the name of the agent who answered last, whoever has answered since. */
    Optional<String> lastAgent();

    /** Returns whether the caller was handed over, and is not back. */
    boolean isHandedOver();

    /** Returns whether there is a caller here, and nobody who answers at this moment. */
    boolean isAlone();

    /** From now on, the fate of a caller who is alone is decided elsewhere. */
    void goesOn();

    /** Publishes who answers now, and who has left. @param tookMillis since the attempt to enter the room */
    void look(long tookMillis);

    /** The room is lost for now, and with it everybody in it. */
    void lost();

    /** The call is over. */
    void close();
}
