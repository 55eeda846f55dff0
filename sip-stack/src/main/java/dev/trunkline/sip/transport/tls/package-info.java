/** Certificates for SIP over TLS: read from PEM files, reloaded when those change; the names of the peer. */
package dev.trunkline.sip.transport.tls;
