package dev.trunkline.sip.locate;

import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One place that a request may be sent to. If it cannot be reached there, or answers 503, the next one is for it (RFC 3263
 * section 4.3).
 *
 * @param port 1 to 65535
 * @param tlsName that the peer's certificate must be for: the domain that was asked for, not a name that DNS put in its place
 *     (RFC 5922 section 4), or the address where the URI has one; empty unless the transport is TLS
 */
public record Candidate(InetAddress address, int port, SipTransportKind transport, Optional<String> tlsName) {}
