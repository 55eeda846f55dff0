/** Session descriptions (RFC 8866, RFC 8829) as far as a LiveKit peer connection needs them: text in, records out, and back. */
package dev.trunkline.rtc.sdp;
