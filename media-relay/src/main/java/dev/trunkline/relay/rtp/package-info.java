/** RTP and RTCP arithmetic (RFC 3550) on the phone's side. A pure core: no sockets, no clocks of its own. */
package dev.trunkline.relay.rtp;
