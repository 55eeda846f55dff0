/** Addresses, transports and what is told of them: what everything else stands on. */
package dev.trunkline.sip.net;
