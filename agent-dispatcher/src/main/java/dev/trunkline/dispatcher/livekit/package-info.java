/** LiveKit's agent dispatch, by LiveKit's SDK. */
package dev.trunkline.dispatcher.livekit;
