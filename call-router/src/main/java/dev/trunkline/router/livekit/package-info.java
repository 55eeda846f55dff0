/** Reads LiveKit's trunks and dispatch rules, in both forms, as in its CLI's files. */
package dev.trunkline.router.livekit;
