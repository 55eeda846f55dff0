package dev.trunkline.relay.onward;

import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import java.time.Duration;

/** The next action for a caller who is being forwarded. */
public sealed interface Act {
    /** Ask the router for an outbound call to this target. @param ringing how long it may ring */
    record Ring(Target target, Duration ringing) implements Act {}

    /** Ask the caller's side to call this target. */
    record Refer(Target target, Duration ringing) implements Act {}

    /** Play the sound. @param step is passed to {@link Onward#announced} when it is over */
    record Announce(int step, String name) implements Act {}

    /** Ask the edge to answer the call: {@link Onward#callAnswered} is called when it has. */
    record Answer(String detail) implements Act {}

    /** Take a message, or play the sound as an announcement. @param step as for an announcement */
    record TakeMessage(int step, String greeting) implements Act {}

    /** Call {@link Onward#timeUp()} after this time; replaces any earlier wait. */
    record Wait(Duration atMost) implements Act {}

    /** End an outbound call. */
    record EndLeg(CallId leg, EndReason reason, String detail) implements Act {}

    /** A step failed, or was not tried. @param words for the log */
    record Note(String words) implements Act {}

    /** End the caller's call. */
    record EndCall(EndReason reason, String detail) implements Act {}
}
