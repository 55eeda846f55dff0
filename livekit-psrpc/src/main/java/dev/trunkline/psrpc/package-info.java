/** Client and server for requests between LiveKit's processes over Redis, as in github.com/livekit/psrpc. */
package dev.trunkline.psrpc;
