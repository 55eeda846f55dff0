package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Optional;

/**
 * What is made of who comes to and leaves the room of a call: {@link CallerReception} for callers, and for whom a program has
 * called; {@link NoReception} for whom a caller is handed over to. Used in the call's queue only.
 */
interface Reception {
    /** LiveKit says that somebody listens to the phone; who is in the room it may say only seconds later, where nothing is published. */
    void listened();

    /** The phone can hear this track from now on. */
    void published(RemoteAudioTrack track);

    /** This track is gone. */
    void unpublished(RemoteAudioTrack track);

    /** Somebody left the room. */
    void left(String sid, DisconnectReason why);

    /** The room was entered again. */
    void enteredAgain();

    /** Somebody is called whom the caller is to be handed over to. */
    void partnerCalled(String transfer, CallId leg, boolean agentsStay);

    /** Somebody is called who speaks with the agents first: no company for the caller yet. */
    void consulted(CallId leg);

    /** Nothing came of it. */
    void partnerFailed(String transfer);

    /** The caller was handed over: the end of the call is the edge's from now on. */
    void partnerJoined(CallId leg, boolean agentsStay);

    /** A person wants an agent to answer in the person's place, or no longer. */
    void agentWanted(boolean wanted);

    /** The agent who answers at this moment. */
    Optional<RemoteParticipant> agent();

    /** The agent who answered last, whoever has answered since, by its name. */
    Optional<String> lastAgent();

    /** Whether the caller was handed over, and is not back. */
    boolean isHandedOver();

    /** Whether there is a caller here, and nobody who answers at this moment. */
    boolean isAlone();

    /** What becomes of a caller who is alone is decided elsewhere from now on. */
    void goesOn();

    /** Says who answers now, and who has left. @param tookMillis since the room was to be entered */
    void look(long tookMillis);

    /** The room is lost for now, and everybody in it. */
    void lost();

    /** The call is over. */
    void close();
}
