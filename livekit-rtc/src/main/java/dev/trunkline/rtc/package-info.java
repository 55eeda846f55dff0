/** A LiveKit real-time client for audio: join a room, publish tracks, receive others' tracks, send data. */
package dev.trunkline.rtc;
