package dev.trunkline.events;

import java.time.Instant;

/**
 * A SIP message of a call, as an edge took or sent it, on {@link Topics#CALL_MESSAGES} under its call id: for whoever looks for why a
 * call went as it did. Of numbers the last digits are left; names, credentials, keys and what nobody knows to be harmless are left out
 * before it is said, so that it needs no seal.
 *
 * @param edge which process
 * @param at when it was taken, or went out
 * @param sent by the edge; else taken by it
 * @param transport {@code udp}, {@code tcp} or {@code tls}
 * @param local address and port of the edge, {@code 203.0.113.7:5060}, {@code [2001:db8::1]:5060}
 * @param remote address and port of the other side
 * @param text of the message; its lines end in CR LF
 * @param cut whether it was longer
 */
public record CallMessage(
        CallId callId,
        String edge,
        Instant at,
        boolean sent,
        String transport,
        String local,
        String remote,
        String text,
        boolean cut) {}
