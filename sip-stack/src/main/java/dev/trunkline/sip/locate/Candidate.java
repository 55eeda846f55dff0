package dev.trunkline.sip.locate;

import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One place that a request may be sent to. If the place cannot be reached, or answers 503, the next one is tried (RFC 3263
 * section 4.3).
 *
 * @param port 1 to 65535
 * @param tlsName name that the peer's certificate must contain: the requested domain, not a name that DNS substituted (RFC 5922
 *     section 4), or the address if the URI has one; empty unless the transport is TLS
 */
public record Candidate(InetAddress address, int port, SipTransportKind transport, Optional<String> tlsName) {}
