package dev.trunkline.sip.message;

import dev.trunkline.sip.net.SipTransportKind;
/**
 * As much of a Via value (RFC 3261 section 20.42) as responses and transactions need. {@code maddr} and {@code received} of
 * the sender are left out: an answer goes to where the request came from.
 *
 * @param sentBy host, and port where there is one, in lower case: names the transaction with the branch (RFC 3261 section 17.2.3)
 * @param port of sent-by, else of the transport: where a response goes without {@code rport}
 * @param branch empty where there is none
 * @param rport asked for, with or without a value (RFC 3581)
 */
public record Via(SipTransportKind transport, String sentBy, int port, String branch, boolean rport) {}
