/** LiveKit's agent dispatch, by Twirp over HTTP. */
package dev.trunkline.dispatcher.livekit;
