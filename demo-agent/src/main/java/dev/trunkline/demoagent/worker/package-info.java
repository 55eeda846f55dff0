/** LiveKit's agent worker protocol: registration, jobs and load on the {@code /agent} WebSocket. */
package dev.trunkline.demoagent.worker;
