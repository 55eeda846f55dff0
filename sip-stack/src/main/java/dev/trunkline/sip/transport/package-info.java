/** Sockets: UDP, TCP, TLS, a file each; where a message ends in a stream. */
package dev.trunkline.sip.transport;
