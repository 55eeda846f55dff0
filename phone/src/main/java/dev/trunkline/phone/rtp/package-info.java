/** The phone's RTP: sends, receives and counts (RFC 3550), keys as events (RFC 4733). */
package dev.trunkline.phone.rtp;
