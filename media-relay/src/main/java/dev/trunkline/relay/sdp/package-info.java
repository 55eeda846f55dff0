/** Offer and answer (RFC 8866, RFC 3264) for one G.711 stream. A pure core: text in, decision out. */
package dev.trunkline.relay.sdp;
