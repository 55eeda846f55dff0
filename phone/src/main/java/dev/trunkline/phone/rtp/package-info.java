/** The phone's RTP: sending, receiving and statistics (RFC 3550), digits as events (RFC 4733). */
package dev.trunkline.phone.rtp;
