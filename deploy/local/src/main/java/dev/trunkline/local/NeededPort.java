package dev.trunkline.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A port that the suite opens and that people are told of, so that it cannot be another.
 *
 * @param what of the suite listens there
 * @param setting by which it moves
 */
record NeededPort(Transport transport, String address, int port, String what, String setting) {

    enum Transport { UDP, TCP }

    /** Every one of a suite with these settings. Kafka, Redis and Postgres take what is free, and the relay what is free of its range. */
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

    /** @throws IOException that names each that cannot be opened, who has it, and the setting that moves it */
    static void requireFree(List<NeededPort> needed) throws IOException {
        String complaints = needed.stream()
                .flatMap(port -> port.refusal().map(why -> "\n  " + port.complaint(why, PortHolder.of(port))).stream())
                .collect(Collectors.joining());
        if (!complaints.isEmpty()) {
            throw new IOException("the suite cannot start:" + complaints);
        }
    }

    /**
     * @param why the system does not give it, in its words
     * @param holder words for who has it; empty if nobody is known to
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
            case "TRUNKLINE_LIVEKIT_PORT" -> setting + " to another, where that and the one two above are free";
            default -> setting + " to another";
        };
    }

    private Optional<String> refusal() {
        return switch (transport) {
            case UDP -> Ports.refusalOfUdp(address, port);
            case TCP -> Ports.refusalOfTcp(address, port);
        };
    }

    /** As the files of {@code /proc/net} are called. */
    String table() {
        return transport.name().toLowerCase(Locale.ROOT);
    }
}
