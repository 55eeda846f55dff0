package dev.trunkline.sip.message;

import dev.trunkline.sip.net.SipTransportKind;
/**
 * The parts of a Via value (RFC 3261 section 20.42) that responses and transactions need. The sender's {@code maddr} and {@code
 * received} are left out: a response goes to where the request came from.
 *
 * @param sentBy host, and port if there is one, in lower case; identifies the transaction together with the branch (RFC 3261
 *     section 17.2.3)
 * @param port of sent-by, otherwise the transport's default: where a response goes without {@code rport}
 * @param branch empty if there is none
 * @param rport whether it is requested, with or without a value (RFC 3581)
 */
public record Via(SipTransportKind transport, String sentBy, int port, String branch, boolean rport) {}
