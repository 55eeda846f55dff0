/** Requests between LiveKit's processes over Redis, as github.com/livekit/psrpc makes them: client and server. */
package dev.trunkline.psrpc;
