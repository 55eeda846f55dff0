package dev.trunkline.edge.call;

/** The timers of a call; each runs at most once at a time. */
public enum CallTimer {
    /** The suite has not decided. */
    DEADLINE,
    /** The caller's Expires is over (RFC 3261 section 13.3.1). */
    EXPIRES,
    /** Whatever was decided until the deadline is in Kafka. */
    SETTLING,
    /** Time to send the reliable provisional response again (RFC 3262 section 3). */
    PROVISIONAL,
    /** 64*T1 without its PRACK (RFC 3262 section 3). */
    PRACK,
    /** No relay has said that media is ready. */
    MEDIA,
    /** Nobody has said what became of the agent: the dispatcher's patience should be over. */
    PATIENCE,
    /** Whom we called never answered the CANCEL of our INVITE. */
    LEAVING,
    /** Nothing is heard of a REFER. */
    REFERRAL,
    /** Nothing is heard of a REFER of the other side. */
    HAND_OVER,
    /** Nothing is heard of the call that this one is to be joined with. */
    JOIN,
    /** A call out has lasted as long as it may. */
    LONGEST,
    /** It rings and nobody answers. */
    RINGING,
    /** Time to send the 2xx again (RFC 3261 section 13.3.1.4). */
    RETRANSMIT,
    /** 64*T1 without an ACK (RFC 3261 section 13.3.1.4). */
    ACK,
    /** The relay has not answered a new offer. */
    OFFER,
    /** No heartbeat of the relay. */
    HEARTBEAT,
    /** No relay has taken up the call of one that is lost. */
    ORPHANED,
    /** Time to offer the new relay's media again. */
    OFFER_AGAIN,
    /** Time to refresh the session (RFC 4028). */
    REFRESH,
    /** The session was not refreshed. */
    SESSION
}
