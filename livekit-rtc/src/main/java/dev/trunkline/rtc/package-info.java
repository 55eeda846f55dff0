/** A LiveKit real-time client for audio: join a room, publish tracks, hear others, send data. */
package dev.trunkline.rtc;
