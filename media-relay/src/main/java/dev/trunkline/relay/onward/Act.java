package dev.trunkline.relay.onward;

import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import java.time.Duration;

/** What is to be done for a caller who goes on. */
public sealed interface Act {
    /** The router is asked for a call out to this target. @param ringing how long it may ring */
    record Ring(Target target, Duration ringing) implements Act {}

    /** The caller's side is to be asked to call this target. */
    record Refer(Target target, Duration ringing) implements Act {}

    /** The sound is to be played. @param step which {@link Onward#announced} is told when that is over */
    record Announce(int step, String name) implements Act {}

    /** The edge is asked to answer the call: {@link Onward#callAnswered} is told when it has. */
    record Answer(String detail) implements Act {}

    /** A message is to be taken, or the sound played as an announcement is. @param step as of an announcement */
    record TakeMessage(int step, String greeting) implements Act {}

    /** {@link Onward#timeUp()} is due after so long, in place of whatever was due before. */
    record Wait(Duration atMost) implements Act {}

    /** A call out is to end. */
    record EndLeg(CallId leg, EndReason reason, String detail) implements Act {}

    /** Something was tried in vain, or is not tried. @param words for the log */
    record Note(String words) implements Act {}

    /** The caller's call is to end. */
    record EndCall(EndReason reason, String detail) implements Act {}
}
