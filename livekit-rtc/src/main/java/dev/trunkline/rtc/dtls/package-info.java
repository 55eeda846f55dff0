/** DTLS 1.2 (RFC 6347) as the client, with keys for SRTP (RFC 5764). */
package dev.trunkline.rtc.dtls;
