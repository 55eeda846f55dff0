/** SRTP and SRTCP (RFC 3711, RFC 7714), in place, for both directions of one room or phone; AES and SHA-1 are those of the JDK. */
package dev.trunkline.rtc.srtp;
