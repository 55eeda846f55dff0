package dev.trunkline.local;

import dev.trunkline.local.aot.AotUse;
import dev.trunkline.local.aot.Jvm;
import dev.trunkline.local.guard.KafkaGuard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the five services, the demo agent, LiveKit's SIP API and the console, as processes on one machine. */
final class Services {
    static final String CONSOLE = "console";
    static final String EDGE = "sip-edge";
    static final String RELAY = "media-relay";
    static final String LIVEKIT_SIP = "livekit-sip-api";

    /** In the order of their HTTP ports, the first of which is {@code TRUNKLINE_HTTP_PORT}. */
    static final List<String> NAMES =
            List.of("call-router", EDGE, "rate-limiter", RELAY, "agent-dispatcher", CONSOLE, LIVEKIT_SIP);

    /** The services that can have replicas on one machine. A further edge has SIP ports of its own, which only tests know. */
    private static final List<String> SCALABLE = List.of("call-router", EDGE, "rate-limiter", "agent-dispatcher", RELAY);

    /** The organisation of the demo data. */
    private static final String DEMO = "demo";
    private static final String DRAIN = "TRUNKLINE_DRAIN";
    private static final String SIP_PORT = "TRUNKLINE_SIP_PORT";
    private static final String SIP_TLS_PORT = "TRUNKLINE_SIP_TLS_PORT";
    /** Distance between the HTTP ports of a service's replicas. */
    private static final int REPLICA_PORTS = 10;
    private static final Duration REPLICA_DRAIN = Duration.ofMinutes(1);

    private final SuiteSettings settings;
    private final Suite.Backends backends;
    private final Secrets secrets;
    private final Optional<KafkaGuard> guard;
    private final AotUse aot;

    Services(SuiteSettings settings, Suite.Backends backends, Secrets secrets, Optional<KafkaGuard> guard, AotUse aot) {
        this.settings = settings;
        this.backends = backends;
        this.secrets = secrets;
        this.guard = guard;
        this.aot = aot;
    }

    /** Returns the services that run with these settings. */
    static List<String> names(SuiteSettings settings) {
        return NAMES.stream()
                .filter(name -> settings.console() || !name.equals(CONSOLE))
                .filter(name -> settings.liveKitSip() || !name.equals(LIVEKIT_SIP))
                .toList();
    }

    URI routerUrl() {
        return URI.create("http://" + settings.bind() + ":" + httpPort("call-router"));
    }

    /** Returns all parts that calls need. */
    List<ChildProcess> all() throws IOException {
        List<ChildProcess> all = new ArrayList<>();
        for (String name : names(settings)) {
            if (!name.equals(CONSOLE)) {
                all.add(service(name, 1));
            }
        }
        if (settings.demo()) {
            all.add(demoAgent());
        }
        return all;
    }

    ChildProcess console() throws IOException {
        return service(CONSOLE, 1);
    }

    /**
     * Returns a further replica of a service.
     *
     * @param number 2 or more; 1 is the one that {@link #all()} starts
     * @throws IllegalArgumentException for a service that cannot have two on one machine
     */
    ChildProcess replica(String name, int number) throws IOException {
        if (!SCALABLE.contains(name)) {
            throw new IllegalArgumentException(name + " cannot have replicas here; these can: " + SCALABLE);
        }
        return service(name, number);
    }

    private ChildProcess service(String name, int number) throws IOException {
        Jvm jvm = Jvm.service(settings.root(), name);
        Map<String, String> environment = new HashMap<>(common());
        if (name.equals(CONSOLE) || name.equals(LIVEKIT_SIP)) {
            // They open no sealed data.
            environment.remove("TRUNKLINE_SEAL_KEY");
        }
        if (name.equals(LIVEKIT_SIP)) {
            // Unlike the console, which admits people at a desk, it enters no room and admits nobody to one.
            environment.keySet().removeAll(List.of("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"));
        }
        int port = httpPort(name) + REPLICA_PORTS * (number - 1);
        String process = number == 1 ? name : name + "-" + number;
        environment.put("TRUNKLINE_INSTANCE", name + "-" + number);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        // The default folder is shared by all users of the machine, and belongs to the first of them.
        environment.put("QUARKUS_VERTX_CACHE_DIRECTORY", settings.state().resolve("data/vertx").resolve(process).toString());
        if (name.equals(EDGE)) {
            environment.putAll(settings.sip());
        }
        environment.putAll(own(name));
        if (name.equals(EDGE) && number > 1) {
            List.of(SIP_PORT, SIP_TLS_PORT).forEach(one -> environment.computeIfPresent(one, (key, first) ->
                    Integer.toString(Integer.parseInt(first) + Suite.REPLICA_SIP_PORTS * (number - 1))));
            environment.put(DRAIN, REPLICA_DRAIN.toString());
        }
        if (name.equals(RELAY) && number > 1) {
            environment.put("TRUNKLINE_RTP_PORTS", rtpPorts(number));
            // It is removed while the others continue, and hands its calls over to them first.
            environment.put(DRAIN, REPLICA_DRAIN.toString());
        }
        environment.putAll(settings.traces());
        guard.ifPresent(users -> environment.putAll(users.environment(name)));
        if (name.equals("call-router")) {
            environment.putAll(settings.webhooks());
            environment.putAll(voicemail());
            environment.putAll(provisioning());
            if (settings.console()) {
                environment.put("TRUNKLINE_CONSOLE_URL", consoleUrl(settings).toString());
            }
        }
        if (name.equals("media-relay")) {
            environment.putAll(voicemail());
            environment.put("TRUNKLINE_VOICEMAIL_SPOOL", messages().resolve("spool").toString());
        }
        // The suite does not wait for what LiveKit's SIP API depends on, because calls do not need that API.
        String page = name.equals(LIVEKIT_SIP) ? "live" : "ready";
        URI health = URI.create("http://" + settings.bind() + ":" + port + "/q/health/" + page);
        List<String> command = jvm.command(aot.flags(name));
        return new ChildProcess(
                process, name.equals(CONSOLE) ? yielding(command) : command, environment, log(process), new ReadySign.HealthPage(health));
    }

    /** Gives calls priority on the CPU: no caller waits for a page, and a console that starts or catches up takes all the CPU there is. */
    private static List<String> yielding(List<String> command) {
        // Linux shares the CPU among sessions first (sched(7), autogroup): in a session of its own, the session's nice value counts.
        String session = Boolean.getBoolean(OwnerOnly.OWN_SESSION) ? "{ echo 10 > /proc/self/autogroup; } 2>/dev/null; " : "";
        List<String> nice = new ArrayList<>(List.of("/bin/sh", "-c", session + "exec nice -n 10 \"$@\"", "sh"));
        nice.addAll(command);
        return nice;
    }

    /** Messages are files beside the other data. They are recorded only if a number's configuration says so. */
    private Map<String, String> voicemail() {
        return Map.of(
                "TRUNKLINE_VOICEMAIL_KEY", secrets.voicemailKey(),
                "TRUNKLINE_VOICEMAIL_STORE", messages().resolve("store").toUri().toString());
    }

    private Path messages() {
        return settings.state().toAbsolutePath().resolve("data").resolve("messages");
    }

    /** If LiveKit's SIP API runs, objects created through it go into the directory, by default as the demo organisation's. */
    private Map<String, String> provisioning() {
        if (!settings.liveKitSip()) {
            return Map.of();
        }
        return Map.of(
                "TRUNKLINE_PROVISIONING_URL", backends.liveKit().toString(),
                "TRUNKLINE_PROVISIONING_KEY", settings.liveKitKey().orElse(secrets.liveKitKey()),
                "TRUNKLINE_PROVISIONING_SECRET", settings.liveKitSecret().orElse(secrets.liveKitSecret()),
                "TRUNKLINE_PROVISIONING_REDIS", backends.redis(),
                "TRUNKLINE_PROVISIONING_ORGANISATION", "demo");
    }

    private Map<String, String> common() {
        return Map.of(
                "TRUNKLINE_BIND", settings.bind(),
                "TRUNKLINE_KAFKA", backends.kafka(),
                "TRUNKLINE_SEAL_KEY", secrets.sealKey(),
                "TRUNKLINE_PSEUDONYM_KEY", secrets.pseudonymKey(),
                "LIVEKIT_URL", backends.liveKit().toString(),
                "LIVEKIT_API_KEY", settings.liveKitKey().orElse(secrets.liveKitKey()),
                "LIVEKIT_API_SECRET", settings.liveKitSecret().orElse(secrets.liveKitSecret()));
    }

    private Map<String, String> own(String name) {
        return switch (name) {
            case EDGE -> Map.of(
                    SIP_PORT, Integer.toString(settings.sipPort()), DRAIN, settings.drain().toString());
            case "call-router" -> Map.of(
                    "TRUNKLINE_POSTGRES_URL", backends.postgresUrl(),
                    "TRUNKLINE_POSTGRES_USER", secrets.postgres().owner().user(),
                    "TRUNKLINE_POSTGRES_PASSWORD", secrets.postgres().owner().password(),
                    "TRUNKLINE_TENANT_LOGIN_USER", secrets.postgres().tenants().user(),
                    "TRUNKLINE_TENANT_LOGIN_PASSWORD", secrets.postgres().tenants().password(),
                    "TRUNKLINE_ADMIN_TOKEN", secrets.adminToken());
            case "rate-limiter" -> Map.of("TRUNKLINE_REDIS", backends.redis());
            // A relay without others keeps its calls in spite of this setting.
            case RELAY -> Map.of(
                    "TRUNKLINE_RTP_PORTS", settings.rtpPorts(), DRAIN, settings.drain().toString(), "TRUNKLINE_RELAY_HAND_OVER", "true");
            case CONSOLE -> ofConsole();
            case LIVEKIT_SIP -> Map.of(
                    "TRUNKLINE_LIVEKIT_SIP_REDIS", backends.redis(),
                    "TRUNKLINE_LIVEKIT_SIP_ROUTER_URL", routerUrl().toString(),
                    "TRUNKLINE_ADMIN_TOKEN", secrets.adminToken());
            default -> Map.of();
        };
    }

    private Map<String, String> ofConsole() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TRUNKLINE_CONSOLE_POSTGRES_URL", PostgresLogins.consoleUrl(backends.postgresUrl()),
                "TRUNKLINE_CONSOLE_POSTGRES_USER", secrets.postgres().console().user(),
                "TRUNKLINE_CONSOLE_POSTGRES_PASSWORD", secrets.postgres().console().password(),
                "TRUNKLINE_ADMIN_TOKEN", secrets.adminToken(),
                "TRUNKLINE_CONSOLE_ROUTER_URL", routerUrl().toString()));
        if (!settings.consoleOidc().isEmpty()) {
            environment.putAll(settings.consoleOidc());
            environment.put("TRUNKLINE_CONSOLE_URL", consoleUrl(settings).toString());
        }
        account(environment, "ADMIN", "admin", secrets.console().admin());
        if (settings.demo()) {
            environment.put("TRUNKLINE_CONSOLE_DEMO_ORGANISATION", DEMO);
            account(environment, "DEMO", "tenant", secrets.console().demo());
            account(environment, "DESK", "desk", secrets.console().desk());
            account(environment, "SUPPORT", "support", secrets.console().support());
        }
        return environment;
    }

    private static void account(Map<String, String> environment, String name, String role, String password) {
        String prefix = "TRUNKLINE_CONSOLE_ACCOUNTS_" + name + "_";
        environment.put(prefix + "ROLE", role);
        environment.put(prefix + "PASSWORD", password);
        if (!role.equals("admin")) {
            environment.put(prefix + "ORGANISATION", DEMO);
        }
    }

    /** Returns a replica's ports: as many as the previous replica has, directly after them. */
    private String rtpPorts(int number) {
        String[] range = settings.rtpPorts().split("-", 2);
        int first = Integer.parseInt(range[0]);
        int shift = (number - 1) * (Integer.parseInt(range[1]) - first + 1);
        return (first + shift) + "-" + (Integer.parseInt(range[1]) + shift);
    }

    private ChildProcess demoAgent() throws IOException {
        return new ChildProcess(
                Jvm.DEMO_AGENT,
                Jvm.demoAgent(settings.root()).command(aot.flags(Jvm.DEMO_AGENT)),
                common(),
                log(Jvm.DEMO_AGENT),
                new ReadySign.LogLine("registered with LiveKit"));
    }

    private LogFile log(String name) {
        return settings.log(name);
    }

    private int httpPort(String name) {
        return httpPort(settings, name);
    }

    /** Returns the address at which people open the console. */
    static URI consoleUrl(SuiteSettings settings) {
        return URI.create("http://" + settings.bind() + ":" + httpPort(settings, CONSOLE));
    }

    static int httpPort(SuiteSettings settings, String name) {
        return settings.httpPort() + NAMES.indexOf(name);
    }
}
