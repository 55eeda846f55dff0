/** RTP and RTCP (RFC 3550) as a pure core: headers, reports and the arithmetic of loss, jitter and round trip. */
package dev.trunkline.rtc.rtp;
