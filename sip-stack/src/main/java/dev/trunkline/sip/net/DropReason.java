package dev.trunkline.sip.net;

import java.util.Locale;

/** Why a message or a connection gets no answer at all. */
public enum DropReason {
    /** The address belongs to no trunk, and every trunk has addresses. */
    UNKNOWN_SOURCE,
    /** A method that only somebody sends who has a call, or something that is no SIP, from a stranger. */
    STRANGERS_METHOD,
    /** User-Agent names a scanner. */
    SCANNER,
    /** More than strangers may send. */
    STRANGERS_RATE,
    /** An INVITE that is being answered, or a datagram that waits to be read, came again. */
    REPEATED,
    /** More messages than are allowed wait to be parsed. */
    OVERLOAD;

    /** In metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
