/** Reads LiveKit's trunks and dispatch rules, in both forms, as its CLI's files have them. */
package dev.trunkline.router.livekit;
