/** Session descriptions (RFC 8866, RFC 8829) as one LiveKit peer connection needs them: text in, records out, and back. */
package dev.trunkline.rtc.sdp;
