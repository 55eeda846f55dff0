package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;

/**
 * The relay of an answered call is lost, or drains and gives it away, and the edge, whose dialog goes on, asks for another one. Whichever takes it enters the room
 * in the caller's place and makes an offer, {@link MediaReady} of this revision, which the edge brings to the phone by a re-INVITE;
 * the phone's answer is a {@link MediaOffered}.
 *
 * @param relay that is lost; one that lives after all lets go of the call
 * @param revision of the offer that is wanted
 * @param detail by what it was noticed
 * @param description the lost relay's last one, which says what the phone speaks. Its key for SRTP is sealed, as in
 *     {@link MediaReady}
 * @param participantSid LiveKit's id of the caller's participant, whose place is to be taken; empty where it is not known
 * @param announced whether the caller has been told what the route's announcement says
 * @param admitted as the limiter said it, with the room that the call is in
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
        CallAdmitted admitted)
        implements CallEvent {

    public MediaLost {
        Objects.requireNonNull(relay, "relay");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(participantSid, "participantSid");
        Objects.requireNonNull(answeredAt, "answeredAt");
        Objects.requireNonNull(admitted, "admitted");
    }

    /** The same with another description. */
    public MediaLost withDescription(String other) {
        return new MediaLost(callId, relay, revision, detail, other, participantSid, answeredAt, announced, admitted);
    }
}
