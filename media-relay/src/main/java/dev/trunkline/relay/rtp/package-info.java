/**
 * What a phone's side of RTP needs beyond {@code dev.trunkline.rtc.rtp}: whose packets are taken, one numbering over changing
 * senders, and how it sounds. A pure core: no sockets, no clocks of its own.
 */
package dev.trunkline.relay.rtp;
