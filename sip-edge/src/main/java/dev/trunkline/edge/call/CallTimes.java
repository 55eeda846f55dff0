package dev.trunkline.edge.call;

import java.time.Duration;

/**
 * How long a call waits for each thing.
 *
 * @param settling in which a decision that was made before the deadline becomes readable
 * @param ringing before a call that nobody answers is refused
 * @param offer for the relay's answer to a re-INVITE
 * @param heartbeat without which the relay counts as lost
 * @param t1 round-trip estimate (RFC 3261 section 17.1.1.1)
 * @param t2 longest retransmission interval
 * @param media for a relay, after the admission
 * @param patience beyond the rule's own, after which the dispatcher counts as gone
 * @param takeOver in which another relay takes over the call of a lost one; zero for none: the caller then gets BYE at once
 */
public record CallTimes(
        Duration settling,
        Duration ringing,
        Duration offer,
        Duration heartbeat,
        Duration t1,
        Duration t2,
        Duration media,
        Duration patience,
        Duration takeOver) {

    /** 64*T1, within which an ACK must arrive. */
    Duration ack() {
        return t1.multipliedBy(64);
    }

    /** T1, doubling up to T2. */
    Duration after(Duration interval) {
        Duration doubled = interval.multipliedBy(2);
        return doubled.compareTo(t2) < 0 ? doubled : t2;
    }
}
