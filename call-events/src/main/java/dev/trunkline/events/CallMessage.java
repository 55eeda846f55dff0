package dev.trunkline.events;

import java.time.Instant;

/**
 * A SIP message of a call, as an edge received or sent it, on {@link Topics#CALL_MESSAGES} under its call id: for finding out why a
 * call went as it did. Only the last digits of numbers are left; names, credentials, keys and everything that is not known to be
 * harmless are left out before it is published, so it needs no seal.
 *
 * @param edge the edge process
 * @param at when it was received or sent
 * @param sent whether the edge sent it; otherwise the edge received it
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
