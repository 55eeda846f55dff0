/** The descriptions that the phone offers and reads (RFC 8866). */
package dev.trunkline.phone.sdp;
