package dev.trunkline.events;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * How a gateway answers OPTIONS.
 *
 * @param gateway host, with port and transport if they are given
 * @param status of the last answer; 408 if none came, 503 if nothing could be sent; empty before the first
 * @param pingMillis until it came; empty if none came
 * @param since when it has been up, or down
 */
public record GatewayState(String gateway, boolean up, OptionalInt status, OptionalInt pingMillis, Instant since) {

    public GatewayState {
        status = status == null ? OptionalInt.empty() : status;
        pingMillis = pingMillis == null ? OptionalInt.empty() : pingMillis;
    }
}
