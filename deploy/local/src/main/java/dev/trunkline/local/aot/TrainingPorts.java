package dev.trunkline.local.aot;

import dev.trunkline.local.Ports;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A range of free loopback ports, below the ephemeral ports of operating systems. */
final class TrainingPorts {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int FIRST = 20_000;
    private static final int LAST = 31_000;
    private static final int TRIES = 200;
    /** Ports that are reserved for HTTP of the services, from the first one on. */
    private static final int HTTP_PORTS = 20;
    private static final int SIP = HTTP_PORTS;
    private static final int LIVE_KIT = SIP + 1;
    private static final int RTP = HTTP_PORTS + 10;
    private static final int RTP_PORTS = 400;

    private TrainingPorts() {}

    /** @return the settings of a suite that uses these ports */
    static Map<String, String> settings(RandomGenerator random) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int base = random.nextInt(FIRST, LAST);
            if (IntStream.range(base, base + RTP).allMatch(TrainingPorts::isFree)) {
                return Map.of(
                        "TRUNKLINE_BIND", LOOPBACK,
                        "TRUNKLINE_HTTP_PORT", Integer.toString(base),
                        "TRUNKLINE_SIP_PORT", Integer.toString(base + SIP),
                        "TRUNKLINE_LIVEKIT_PORT", Integer.toString(base + LIVE_KIT),
                        "TRUNKLINE_RTP_PORTS", (base + RTP) + "-" + (base + RTP + RTP_PORTS),
                        "TRUNKLINE_DRAIN", "0s",
                        // The training places its own calls.
                        "TRUNKLINE_WARM_UP", "0",
                        // A JVM that records for an AOT cache writes the recording at the very end.
                        "TRUNKLINE_STOP_WITHIN", "120s");
            }
        }
        throw new IOException("no " + RTP + " free ports in a row were found on loopback");
    }

    private static boolean isFree(int port) {
        return Ports.isFreeTcp(LOOPBACK, port) && Ports.isFreeUdp(LOOPBACK, port);
    }
}
