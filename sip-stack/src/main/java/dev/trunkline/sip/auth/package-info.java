/** Digest (RFC 7616, RFC 8760, RFC 3261 section 22): its computation, and the client side that answers challenges. Pure. */
package dev.trunkline.sip.auth;
