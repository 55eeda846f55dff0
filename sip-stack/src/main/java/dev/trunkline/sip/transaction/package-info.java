/**
 * The four transactions of RFC 3261 section 17 with the corrections of RFC 6026, one state machine per file. Pure: no message,
 * no socket, no clock. A machine returns the actions that follow from an {@link dev.trunkline.sip.transaction.Input}; its owner
 * keeps the octets and performs the actions.
 */
package dev.trunkline.sip.transaction;
