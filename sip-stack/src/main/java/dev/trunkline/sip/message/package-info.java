/** Messages as octets and as parsed values. Pure: no socket, thread or clock. */
package dev.trunkline.sip.message;
