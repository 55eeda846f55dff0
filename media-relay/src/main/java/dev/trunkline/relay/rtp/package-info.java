/**
 * The phone-side RTP logic beyond {@code dev.trunkline.rtc.rtp}: whose packets are accepted, one numbering across changing
 * senders, and voice quality. A pure core: no sockets, no clocks of its own.
 */
package dev.trunkline.relay.rtp;
