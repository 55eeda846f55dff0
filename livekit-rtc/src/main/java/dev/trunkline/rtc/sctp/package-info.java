/**
 * WebRTC data channels as a pure core: SCTP (RFC 9260) to run over DTLS (RFC 8261), partial reliability (RFC 3758),
 * stream reset (RFC 6525) and the data channel protocol (RFC 8831, RFC 8832).
 *
 * <p>Bytes in, bytes out, with a clock and a random source; no sockets, threads or logging.
 */
package dev.trunkline.rtc.sctp;
