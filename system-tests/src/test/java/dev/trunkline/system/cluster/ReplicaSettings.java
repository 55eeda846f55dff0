package dev.trunkline.system.cluster;

import dev.trunkline.local.PostgresLogins;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of each replica, as an operator writes it.
 *
 * @param kafka bootstrap servers
 * @param redis with its password
 * @param keys secrets that all services share, by the names of their variables
 * @param state folder for what the replicas write
 */
record ReplicaSettings(
        String kafka, String redis, String postgresUrl, PostgresLogins postgres, String liveKit, Map<String, String> keys, Path state) {
    /** The services of which there are two replicas each, in the order of their HTTP ports. */
    static final List<String> SERVICES = List.of("call-router", "sip-edge", "rate-limiter", "media-relay", "agent-dispatcher");

    static final String EDGE = "sip-edge";
    static final String RELAY = "media-relay";

    private static final int FIRST_PORT = 7580;
    /** Distance between the HTTP ports of a service's replicas, which may be on one host. */
    private static final int REPLICA_PORTS = 10;

    static String instance(String service, int number) {
        return service + "-" + number;
    }

    static int httpPort(String service, int number) {
        return FIRST_PORT + SERVICES.indexOf(service) + REPLICA_PORTS * (number - 1);
    }

    /** Returns the environment of a replica. @param number 1 for the first @param bind the address of its host */
    Map<String, String> of(String service, int number, String bind) {
        Map<String, String> environment = new HashMap<>(keys);
        environment.put("TRUNKLINE_BIND", bind);
        environment.put("TRUNKLINE_KAFKA", kafka);
        environment.put("LIVEKIT_URL", liveKit);
        environment.put("TRUNKLINE_INSTANCE", instance(service, number));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort(service, number)));
        environment.put("QUARKUS_VERTX_CACHE_DIRECTORY", state.resolve("vertx").resolve(instance(service, number)).toString());
        environment.putAll(own(service));
        return environment;
    }

    private Map<String, String> own(String service) {
        return switch (service) {
            case "call-router" -> Map.of(
                    "TRUNKLINE_POSTGRES_URL", postgresUrl,
                    "TRUNKLINE_POSTGRES_USER", postgres.owner().user(),
                    "TRUNKLINE_POSTGRES_PASSWORD", postgres.owner().password(),
                    "TRUNKLINE_TENANT_LOGIN_USER", postgres.tenants().user(),
                    "TRUNKLINE_TENANT_LOGIN_PASSWORD", postgres.tenants().password());
            case "rate-limiter" -> Map.of("TRUNKLINE_REDIS", redis);
            case EDGE -> Map.of("TRUNKLINE_SIP_PORT", "5060", "TRUNKLINE_SIP_TRANSPORTS", "udp", "TRUNKLINE_DRAIN", "60s");
            case RELAY -> Map.of(
                    "TRUNKLINE_RTP_PORTS", "10000-10999", "TRUNKLINE_RELAY_HAND_OVER", "true", "TRUNKLINE_DRAIN", "60s");
            default -> Map.of();
        };
    }
}
