/** Messages of LiveKit's rpc/sip.proto and livekit_sip.proto, as far as they are needed, read and written by hand. Pure. */
package dev.trunkline.sipapi.wire;
