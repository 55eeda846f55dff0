package dev.trunkline.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings of a suite on one machine.
 *
 * @param root the checkout whose built modules run
 * @param state folder for data, logs, secrets and the lock
 * @param bind {@code TRUNKLINE_BIND}, address of every socket that phones and people reach
 * @param sipPort {@code TRUNKLINE_SIP_PORT}, UDP and TCP
 * @param rtpPorts {@code TRUNKLINE_RTP_PORTS}, {@code first-last}
 * @param httpPort {@code TRUNKLINE_HTTP_PORT}, port of the first service; the others use the ports after it
 * @param liveKitPort {@code TRUNKLINE_LIVEKIT_PORT}
 * @param liveKitUrl {@code LIVEKIT_URL}: a running server to use instead of our own
 * @param liveKitKey {@code LIVEKIT_API_KEY}; generated at the first run if not set
 * @param liveKitSecret {@code LIVEKIT_API_SECRET}, 32 characters or more; generated at the first run if not set
 * @param kafkaGuarded {@code TRUNKLINE_KAFKA_GUARDED}: whether Kafka uses TLS and asks each service for its password
 * @param console {@code TRUNKLINE_CONSOLE}: whether the console runs too
 * @param consoleOidc {@code TRUNKLINE_CONSOLE_OIDC_...}, passed on to the console unchanged
 * @param liveKitSip {@code TRUNKLINE_LIVEKIT_SIP}: whether LiveKit's SIP API runs, for which livekit-server gets the suite's Redis
 * @param sip {@code TRUNKLINE_SIP_...}, passed on to the edge unchanged
 * @param webhooks {@code TRUNKLINE_WEBHOOK_...}, passed on to the router unchanged
 * @param traces {@code TRUNKLINE_TRACES...}, passed on to each service unchanged
 * @param drain {@code TRUNKLINE_DRAIN}: how long ongoing calls may continue when the suite is stopped
 * @param stopWithin {@code TRUNKLINE_STOP_WITHIN}: how long everything may take to stop after that
 * @param warmUp {@code TRUNKLINE_WARM_UP}: how long a start may place trial calls until the suite is warm; zero for only one call
 * @param logMegabytes {@code TRUNKLINE_LOG_MEGABYTES}: maximum size of the logs of all parts together
 * @param demo whether to load the demo organisation and start the demo agent
 */
public record SuiteSettings(
        Path root,
        Path state,
        String bind,
        int sipPort,
        String rtpPorts,
        int httpPort,
        int liveKitPort,
        Optional<URI> liveKitUrl,
        Optional<String> liveKitKey,
        Optional<String> liveKitSecret,
        boolean kafkaGuarded,
        boolean console,
        Map<String, String> consoleOidc,
        boolean liveKitSip,
        Map<String, String> sip,
        Map<String, String> webhooks,
        Map<String, String> traces,
        Duration drain,
        Duration stopWithin,
        Duration warmUp,
        int logMegabytes,
        boolean demo) {

    private static final String CONSOLE_OIDC = "TRUNKLINE_CONSOLE_OIDC_";
    private static final String SIP = "TRUNKLINE_SIP_";
    private static final String WEBHOOKS = "TRUNKLINE_WEBHOOK_";
    private static final String TRACES = "TRUNKLINE_TRACES";
    /** Kafka, Redis, Postgres, LiveKit, the five services, the console, LiveKit's SIP API and the demo agent. */
    private static final int PARTS_WITH_LOGS = 12;

    public SuiteSettings {
        consoleOidc = Map.copyOf(consoleOidc);
        sip = Map.copyOf(sip);
        webhooks = Map.copyOf(webhooks);
        traces = Map.copyOf(traces);
    }

    /** @throws SettingException that names the variable and says what to write */
    public static SuiteSettings of(Path root, Path state, Map<String, String> environment) {
        Reader reader = new Reader(environment);
        Optional<String> secret = reader.text("LIVEKIT_API_SECRET");
        secret.filter(text -> text.length() < 32).ifPresent(text -> {
            throw new SettingException("LIVEKIT_API_SECRET has " + text.length() + " characters; write 32 or more");
        });
        Optional<URI> url = reader.text("LIVEKIT_URL").map(SuiteSettings::liveKitUrl);
        Optional<String> key = reader.text("LIVEKIT_API_KEY");
        if (url.isPresent() && (secret.isEmpty() || key.isEmpty())) {
            throw new SettingException("LIVEKIT_URL is set but LIVEKIT_API_KEY or LIVEKIT_API_SECRET is not: write those of that server");
        }
        return new SuiteSettings(
                root,
                state,
                reader.text("TRUNKLINE_BIND").orElse("127.0.0.1"),
                reader.port("TRUNKLINE_SIP_PORT", 5060),
                rtpPorts(reader.text("TRUNKLINE_RTP_PORTS").orElse("10000-20000")),
                reader.port("TRUNKLINE_HTTP_PORT", 7580),
                reader.port("TRUNKLINE_LIVEKIT_PORT", 7880),
                url,
                key,
                secret,
                reader.onOrOff("TRUNKLINE_KAFKA_GUARDED", false),
                reader.onOrOff("TRUNKLINE_CONSOLE", true),
                reader.allOf(CONSOLE_OIDC),
                reader.onOrOff("TRUNKLINE_LIVEKIT_SIP", false),
                reader.allOf(SIP),
                reader.allOf(WEBHOOKS),
                reader.allOf(TRACES),
                reader.duration("TRUNKLINE_DRAIN", Duration.ofSeconds(5)),
                reader.duration("TRUNKLINE_STOP_WITHIN", Duration.ofSeconds(5)),
                reader.duration("TRUNKLINE_WARM_UP", Duration.ofSeconds(15)),
                reader.text("TRUNKLINE_LOG_MEGABYTES").map(SuiteSettings::logMegabytes).orElse(200),
                true);
    }

    /** Returns the log of a part, limited to its share of the total. */
    LogFile log(String part) {
        int older = LogFile.DEFAULT_LIMITS.older();
        long bytes = logMegabytes * 1_000_000L / (PARTS_WITH_LOGS * (older + 1));
        return new LogFile(state.resolve("logs").resolve(part + ".log"), new LogFile.Limits(bytes, older));
    }

    private static int logMegabytes(String text) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 4) {
            throw new SettingException("TRUNKLINE_LOG_MEGABYTES is \"" + text + "\": write 4 or more");
        }
        return Integer.parseInt(text);
    }

    private static URI liveKitUrl(String text) {
        if (!text.matches("(wss?|https?)://[^/\\s]+.*")) {
            throw new SettingException("LIVEKIT_URL is not the address of a LiveKit server: write ws://host:7880");
        }
        return URI.create(text);
    }

    private static String rtpPorts(String text) {
        var parts = text.split("-");
        boolean fits = parts.length == 2
                && parts[0].matches("\\d{1,5}")
                && parts[1].matches("\\d{1,5}")
                && Integer.parseInt(parts[0]) > 0
                && Integer.parseInt(parts[1]) <= 65_535
                && Integer.parseInt(parts[0]) < Integer.parseInt(parts[1]);
        if (!fits) {
            throw new SettingException("TRUNKLINE_RTP_PORTS is \"" + text + "\": write first-last, like 10000-20000");
        }
        return text;
    }

    /** An invalid setting. The message names it and says what to write. */
    public static final class SettingException extends RuntimeException {
        public SettingException(String message) {
            super(message);
        }
    }

    private record Reader(Map<String, String> environment) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        boolean onOrOff(String name, boolean fallback) {
            return switch (text(name).orElse(fallback ? "on" : "off")) {
                case "on" -> true;
                case "off" -> false;
                case String text -> throw new SettingException(name + " is \"" + text + "\": write on or off");
            };
        }

        Map<String, String> allOf(String beginning) {
            return environment.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(beginning))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        /** Accepts what Quarkus accepts, which reads the first of these in the services too: {@code 5s}, {@code 500ms}, {@code PT5S}. */
        Duration duration(String name, Duration fallback) {
            return text(name).map(text -> duration(name, text)).orElse(fallback);
        }

        private static Duration duration(String name, String text) {
            try {
                if (text.matches("\\d{1,6}")) {
                    return Duration.ofSeconds(Long.parseLong(text));
                }
                if (text.matches("\\d{1,6}ms")) {
                    return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
                }
                Duration duration = Duration.parse(text.matches("\\d.*") ? "PT" + text : text);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                throw noDuration(name, text);
            }
            throw noDuration(name, text);
        }

        private static SettingException noDuration(String name, String text) {
            return new SettingException(name + " is \"" + text + "\": write a time, like 5s or 2m");
        }

        int port(String name, int fallback) {
            return text(name).map(text -> parse(name, text)).orElse(fallback);
        }

        private static int parse(String name, String text) {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_500) {
                throw new SettingException(name + " is \"" + text + "\": write a port from 1 to 65500");
            }
            return Integer.parseInt(text);
        }
    }
}
