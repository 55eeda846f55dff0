/** LiveKit's signalling: protocol buffers over one WebSocket. */
package dev.trunkline.rtc.signal;
