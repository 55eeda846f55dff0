package dev.trunkline.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A port that the suite opens and that people know, so that no other port can replace it.
 *
 * @param what part of the suite listens there
 * @param setting that changes it
 */
record NeededPort(Transport transport, String address, int port, String what, String setting) {

    enum Transport { UDP, TCP }

    /** Returns all ports of a suite with these settings. Kafka, Redis and Postgres use any free port, the relay any in its range. */
    static List<NeededPort> of(SuiteSettings settings) {
        List<NeededPort> needed = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            needed.add(new NeededPort(transport, settings.bind(), settings.sipPort(), "SIP", "TRUNKLINE_SIP_PORT"));
        }
        if (settings.liveKitUrl().isEmpty()) {
            int port = settings.liveKitPort();
            needed.add(new NeededPort(Transport.TCP, "127.0.0.1", port, "livekit-server", "TRUNKLINE_LIVEKIT_PORT"));
            needed.add(new NeededPort(
                    Transport.UDP, "127.0.0.1", LiveKitServer.mediaPort(port), "livekit-server's media", "TRUNKLINE_LIVEKIT_PORT"));
        }
        for (String service : Services.names(settings)) {
            needed.add(new NeededPort(
                    Transport.TCP, settings.bind(), Services.httpPort(settings, service), service, "TRUNKLINE_HTTP_PORT"));
        }
        return needed;
    }

    /** @throws IOException that names each port that cannot be opened, the process that holds it, and the setting that changes it */
    static void requireFree(List<NeededPort> needed) throws IOException {
        String complaints = needed.stream()
                .flatMap(port -> port.refusal().map(why -> "\n  " + port.complaint(why, PortHolder.of(port))).stream())
                .collect(Collectors.joining());
        if (!complaints.isEmpty()) {
            throw new IOException("the suite cannot start:" + complaints);
        }
    }

    /**
     * @param why the system refuses it, in the system's words
     * @param holder describes the process that has it; empty if unknown
     */
    String complaint(String why, Optional<String> holder) {
        String port = "%s %d (%s)".formatted(transport, this.port, what);
        return holder.map(who -> "%s is taken by %s: stop it, or set %s".formatted(port, who, advice()))
                .orElseGet(() -> "%s cannot be opened at %s (%s): set %s, or TRUNKLINE_BIND to an address of this machine".formatted(
                        port, address, why, advice()));
    }

    private String advice() {
        return switch (setting) {
            case "TRUNKLINE_HTTP_PORT" -> setting + " to the first of %d free ports".formatted(Services.NAMES.size());
            case "TRUNKLINE_LIVEKIT_PORT" -> setting + " to another port: it and the one two above it must be free";
            default -> setting + " to another";
        };
    }

    private Optional<String> refusal() {
        return switch (transport) {
            case UDP -> Ports.refusalOfUdp(address, port);
            case TCP -> Ports.refusalOfTcp(address, port);
        };
    }

    /** Returns the name of the file in {@code /proc/net}. */
    String table() {
        return transport.name().toLowerCase(Locale.ROOT);
    }
}
