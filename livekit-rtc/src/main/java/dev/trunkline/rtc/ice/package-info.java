/**
 * ICE (RFC 8445) for an agent that is always controlling and has one UDP socket: a pure core. Packets and times go in,
 * packets and decisions come out; no socket, no thread, no clock of its own.
 */
package dev.trunkline.rtc.ice;
