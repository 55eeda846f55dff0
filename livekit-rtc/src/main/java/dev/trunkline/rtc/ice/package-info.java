/**
 * ICE (RFC 8445) for an agent that is always controlling and has one UDP socket: a pure core. Packets and times go in,
 * packets and decisions come out; it has no socket, thread or clock of its own.
 */
package dev.trunkline.rtc.ice;
