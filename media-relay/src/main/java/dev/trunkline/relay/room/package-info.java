/** How a caller enters a LiveKit room: token, identity, attributes, metadata, as agents written for livekit-sip know them. */
package dev.trunkline.relay.room;
