/** The phone's SIP: messages, one transport, client transactions, dialogs (RFC 3261). */
package dev.trunkline.phone.sip;
