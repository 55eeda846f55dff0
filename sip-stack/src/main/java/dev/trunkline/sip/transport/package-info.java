/** Sockets: UDP, TCP and TLS, one file each; message framing in streams. */
package dev.trunkline.sip.transport;
