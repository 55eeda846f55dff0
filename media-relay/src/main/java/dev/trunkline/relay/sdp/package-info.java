/**
 * Offer and answer (RFC 8866, RFC 3264) for one stream of audio. A pure core: text in, decision out. Its input was written by
 * strangers, so bounded scanners read each line once.
 */
package dev.trunkline.relay.sdp;
