/** Messages as octets and as what they say. Pure: no socket, thread or clock. */
package dev.trunkline.sip.message;
