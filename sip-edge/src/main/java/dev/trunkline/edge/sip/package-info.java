/**
 * SIP as the edge sees it: messages as records, transactions and transports as interfaces. What speaks SIP on the wire
 * is behind {@link dev.trunkline.edge.sip.SipTransport}; only the package {@code jain} below knows which library that
 * is.
 */
package dev.trunkline.edge.sip;
