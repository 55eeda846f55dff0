/** Keys of the telephone as RTP events (RFC 4733), both ways. A pure core. */
package dev.trunkline.relay.dtmf;
