/** SRTP and SRTCP (RFC 3711, RFC 7714) over jitsi-srtp, in place, for the two directions of one room. */
package dev.trunkline.rtc.srtp;
