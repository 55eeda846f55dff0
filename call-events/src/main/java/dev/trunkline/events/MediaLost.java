package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The relay of an answered call is lost, or is draining and gives the call away, and the edge, whose dialog continues, asks for another
 * one. The relay that takes over enters the room in the caller's place and makes an offer, {@link MediaReady} of this revision, which the
 * edge sends to the phone in a re-INVITE; the phone's answer is a {@link MediaOffered}.
 *
 * @param relay that is lost; if it turns out to be alive, it drops the call
 * @param revision of the offer that is wanted
 * @param detail how the loss was noticed
 * @param description the lost relay's last one, which says what the phone supports. Its key for SRTP is sealed, as in {@link MediaReady}
 * @param participantSid LiveKit's id of the caller's participant that is to be replaced; empty if it is not known
 * @param announced whether the route's announcement has been played to the caller
 * @param attended the one who had joined the caller in the room, and whose leave the lost relay may not have reported; empty if nobody
 *     had, or the caller was transferred
 * @param admitted as the limiter published it, with the room that the call is in
 */
public record MediaLost(
        CallId callId,
        String relay,
        int revision,
        String detail,
        String description,
        String participantSid,
        Instant answeredAt,
        boolean announced,
        Optional<Attendance> attended,
        CallAdmitted admitted)
        implements CallEvent {

    /**
     * Whoever answered the caller in the room, as {@link AgentJoined} reported it.
     *
     * @param kind LiveKit's participant kind, lower case
     * @param since when it was reported
     */
    public record Attendance(String agent, String participantSid, String kind, Instant since) {
        public Attendance {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(participantSid, "participantSid");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(since, "since");
        }
    }

    public MediaLost {
        Objects.requireNonNull(relay, "relay");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(participantSid, "participantSid");
        Objects.requireNonNull(answeredAt, "answeredAt");
        attended = attended == null ? Optional.empty() : attended;
        Objects.requireNonNull(admitted, "admitted");
    }

    /** Returns the same event with another session description. */
    public MediaLost withDescription(String other) {
        return new MediaLost(callId, relay, revision, detail, other, participantSid, answeredAt, announced, attended, admitted);
    }
}
