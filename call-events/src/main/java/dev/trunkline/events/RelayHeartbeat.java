package dev.trunkline.events;

/**
 * A relay lives: its own heartbeat, whatever the number of its calls, each second on {@link Topics#RELAYS} under its id. Who
 * has heard none for five seconds, though it went on reading, takes the relay and its calls for lost. An orderly end is said
 * by {@link RelayState#GONE}.
 *
 * @param calls how many it holds now
 */
public record RelayHeartbeat(String relay, RelayState state, int calls) {}
