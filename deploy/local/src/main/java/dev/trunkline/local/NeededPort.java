package dev.trunkline.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
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
        for (String service : Services.NAMES) {
            needed.add(new NeededPort(
                    Transport.TCP, settings.bind(), Services.httpPort(settings, service), service, "TRUNKLINE_HTTP_PORT"));
        }
        return needed;
    }

    /** @throws IOException that names each that is taken, who has it, and the setting that moves it */
    static void requireFree(List<NeededPort> needed) throws IOException {
        List<NeededPort> taken = needed.stream().filter(port -> !port.isFree()).toList();
        if (!taken.isEmpty()) {
            throw new IOException(complaint(taken, PortHolder::of));
        }
    }

    /** @param holder words for who has a port; empty if nobody says */
    static String complaint(List<NeededPort> taken, Function<NeededPort, Optional<String>> holder) {
        return taken.stream()
                .map(port -> "\n  %s %d (%s) is taken by %s: stop it, or set %s".formatted(
                        port.transport, port.port, port.what,
                        holder.apply(port).orElse("a process that this user may not look at"), port.advice()))
                .collect(Collectors.joining("", "the suite cannot start:", ""));
    }

    private String advice() {
        return switch (setting) {
            case "TRUNKLINE_HTTP_PORT" -> setting + " to the first of %d free ports".formatted(Services.NAMES.size());
            case "TRUNKLINE_LIVEKIT_PORT" -> setting + " to another, where that and the one two above are free";
            default -> setting + " to another";
        };
    }

    private boolean isFree() {
        return switch (transport) {
            case UDP -> Ports.isFreeUdp(address, port);
            case TCP -> Ports.isFreeTcp(address, port);
        };
    }

    /** As the files of {@code /proc/net} are called. */
    String table() {
        return transport.name().toLowerCase(Locale.ROOT);
    }
}
