/** Digest (RFC 7616, RFC 8760, RFC 3261 section 22): its arithmetic, and the side of who answers challenges. Pure. */
package dev.trunkline.sip.auth;
