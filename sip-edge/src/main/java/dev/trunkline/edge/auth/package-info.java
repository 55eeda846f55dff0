/**
 * Digest authentication as a server (RFC 7616, RFC 8760, RFC 3261 section 22). Pure: time and randomness come from
 * outside, headers are text. The parts that both roles share, and the client, belong to the stack.
 */
package dev.trunkline.edge.auth;
