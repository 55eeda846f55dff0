/** DTLS 1.2 (RFC 6347) with keys for SRTP (RFC 5764), as the client. */
package dev.trunkline.rtc.dtls;
