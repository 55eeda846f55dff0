/**
 * Digest authentication (RFC 7616, RFC 8760, RFC 3261 section 22), both roles. Pure: time and randomness come from
 * outside, headers are text.
 */
package dev.trunkline.edge.auth;
