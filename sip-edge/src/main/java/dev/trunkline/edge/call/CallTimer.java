package dev.trunkline.edge.call;

/** The timers of a call; each runs at most once at a time. */
public enum CallTimer {
    /** The suite has not decided. */
    DEADLINE,
    /** The caller's Expires has passed (RFC 3261 section 13.3.1). */
    EXPIRES,
    /** Everything that was decided until the deadline is in Kafka. */
    SETTLING,
    /** Time to retransmit the reliable provisional response (RFC 3262 section 3). */
    PROVISIONAL,
    /** 64*T1 without its PRACK (RFC 3262 section 3). */
    PRACK,
    /** No relay has reported that media is ready. */
    MEDIA,
    /** No service has reported what became of the agent: the dispatcher's patience should be over. */
    PATIENCE,
    /** The callee never answered the CANCEL of our INVITE. */
    LEAVING,
    /** No NOTIFY or response to our REFER. */
    REFERRAL,
    /** No outcome of a REFER of the other side. */
    HAND_OVER,
    /** No message from the call that this one is to be joined with. */
    JOIN,
    /** An outbound call has reached its maximum duration. */
    LONGEST,
    /** It rings and nobody answers. */
    RINGING,
    /** Time to retransmit the 2xx (RFC 3261 section 13.3.1.4). */
    RETRANSMIT,
    /** 64*T1 without an ACK (RFC 3261 section 13.3.1.4). */
    ACK,
    /** The relay has not answered a new offer. */
    OFFER,
    /** No heartbeat of the relay. */
    HEARTBEAT,
    /** No relay has taken over the call of a lost relay. */
    ORPHANED,
    /** Time to offer the new relay's media again. */
    OFFER_AGAIN,
    /** Time to refresh the session (RFC 4028). */
    REFRESH,
    /** The session was not refreshed. */
    SESSION
}
