package dev.trunkline.sip.net;

import java.util.Locale;

/** Why a message or a connection gets no response at all. */
public enum DropReason {
    /** The address belongs to no trunk, and every trunk has addresses. */
    UNKNOWN_SOURCE,
    /** From a stranger: a method that is only sent within a call, or something that is not SIP. */
    STRANGERS_METHOD,
    /** User-Agent names a scanner. */
    SCANNER,
    /** Strangers sent more than they may. */
    STRANGERS_RATE,
    /** A retransmission of an INVITE that is being answered, or of a datagram that waits to be read. */
    REPEATED,
    /** Too many messages wait to be parsed. */
    OVERLOAD;

    /** Returns the name in metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
