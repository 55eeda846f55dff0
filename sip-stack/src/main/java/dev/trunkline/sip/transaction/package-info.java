/**
 * The four transactions of RFC 3261 section 17 with the corrections of RFC 6026, a machine a file. Pure: no message, no
 * socket, no clock. A machine says what follows from an {@link dev.trunkline.sip.transaction.Input}; who owns it keeps the
 * octets and does it.
 */
package dev.trunkline.sip.transaction;
