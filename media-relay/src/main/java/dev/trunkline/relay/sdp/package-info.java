/**
 * Offer and answer (RFC 8866, RFC 3264) for one stream of audio. A pure core: text in, decision out; what it reads was written by
 * strangers, so each line is read once by scanners whose counts are bounded.
 */
package dev.trunkline.relay.sdp;
