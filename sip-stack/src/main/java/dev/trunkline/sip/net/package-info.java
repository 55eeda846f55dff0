/** Addresses, transports and their reports: the types that everything else is built on. */
package dev.trunkline.sip.net;
