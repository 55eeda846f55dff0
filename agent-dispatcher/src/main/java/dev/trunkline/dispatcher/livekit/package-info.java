/** LiveKit's agent dispatch, through LiveKit's SDK. */
package dev.trunkline.dispatcher.livekit;
