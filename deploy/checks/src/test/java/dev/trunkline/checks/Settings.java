package dev.trunkline.checks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables of a service: those of its {@code @ConfigMapping} interfaces, those that its application.properties reads,
 * and the Quarkus variables that its application.properties sets and every service accepts.
 */
final class Settings {
    /** A new service's interface goes here. */
    private static final Map<String, List<String>> INTERFACES = Map.of(
            "sip-edge", List.of("dev.trunkline.edge.service.EdgeSettings"),
            "call-router", List.of("dev.trunkline.router.service.RouterSettings", "dev.trunkline.router.auth.AuthSettings"),
            "rate-limiter", List.of("dev.trunkline.limiter.service.LimiterSettings"),
            "media-relay", List.of("dev.trunkline.relay.RelaySettings"),
            "agent-dispatcher", List.of("dev.trunkline.dispatcher.service.DispatcherSettings"),
            "console", List.of("dev.trunkline.console.service.ConsoleSettings"),
            "livekit-sip-api", List.of("dev.trunkline.sipapi.service.SipApiSettings"));
    private static final Map<String, List<String>> NEEDED = Map.of(
            "sip-edge", List.of("TRUNKLINE_SEAL_KEY", "TRUNKLINE_PSEUDONYM_KEY"),
            "call-router", List.of("TRUNKLINE_SEAL_KEY", "TRUNKLINE_PSEUDONYM_KEY", "TRUNKLINE_POSTGRES_PASSWORD", "TRUNKLINE_ADMIN_TOKEN"),
            "rate-limiter", List.of("TRUNKLINE_REDIS"),
            "media-relay", List.of("TRUNKLINE_SEAL_KEY", "LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"),
            "agent-dispatcher", List.of("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"),
            "console", List.of("TRUNKLINE_CONSOLE_POSTGRES_PASSWORD", "TRUNKLINE_CONSOLE_ROUTER_URL", "TRUNKLINE_ADMIN_TOKEN"),
            "livekit-sip-api", List.of("TRUNKLINE_LIVEKIT_SIP_REDIS", "TRUNKLINE_LIVEKIT_SIP_ROUTER_URL", "TRUNKLINE_ADMIN_TOKEN"));
    private static final Set<String> QUARKUS = Set.of("QUARKUS_HTTP_PORT");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:[^}]*)?}");

    private final String service;
    private final Set<Pattern> names;

    private Settings(String service, Set<Pattern> names) {
        this.service = service;
        this.names = names;
    }

    static Settings of(String service) throws IOException, ReflectiveOperationException {
        Set<Pattern> names = new HashSet<>();
        for (String name : INTERFACES.get(service)) {
            Class<?> type = Class.forName(name);
            String prefix = type.getAnnotation(ConfigMapping.class).prefix();
            ConfigMappings.getProperties(ConfigClass.configClass(type, prefix)).keySet().forEach(property -> names.add(variable(property)));
        }
        var expression = EXPRESSION.matcher(Repository.read(service + "/src/main/resources/application.properties"));
        while (expression.find()) {
            names.add(Pattern.compile(expression.group(1)));
        }
        return new Settings(service, names);
    }

    /** A star in a property is any name. */
    private static Pattern variable(String property) {
        return Pattern.compile(property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_").replaceAll("_?\\*_?", "_[A-Z0-9_]+_").replaceAll("_$", ""));
    }

    boolean has(String variable) {
        return QUARKUS.contains(variable) || names.stream().anyMatch(name -> name.matcher(variable).matches());
    }

    /** Without these the service does nothing of use, and every other has a default. */
    List<String> needed() {
        return NEEDED.get(service);
    }

    /** What the configuration of a service makes of a value. */
    static String expanded(String value, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .withDefaultValue("value", value)
                .build()
                .getValue("value", String.class);
    }

    static Path applicationProperties(String service) {
        return Repository.ROOT.resolve(service + "/src/main/resources/application.properties");
    }
}
