/** Telephone keys as RTP events (RFC 4733), in both directions. A pure core. */
package dev.trunkline.relay.dtmf;
