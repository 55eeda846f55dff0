package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks compose.yaml by reading it, because docker's client has no compose here. */
class ComposeTest {
    private static final Path FILE = Repository.ROOT.resolve("deploy/compose.yaml");
    private static final String SETUP = Repository.ROOT.resolve("deploy/compose/setup").toString();

    @TempDir
    Path folder;

    @Test
    void every_service_runs_from_its_image_as_nobody_and_read_only() throws Exception {
        for (String service : Repository.services().keySet()) {
            JsonNode one = merged(service);
            assertThat(one.path("image").asText()).as(service).startsWith("trunkline/" + service + ":");
            assertThat(one.path("read_only").asBoolean()).as(service).isTrue();
            assertThat(one.path("cap_drop").toString()).as(service).isEqualTo("[\"ALL\"]");
            assertThat(one.path("security_opt").toString()).as(service).contains("no-new-privileges:true");
            assertThat(one.path("tmpfs").toString()).as(service).isEqualTo("[\"/tmp\"]");
            assertThat(one.path("mem_limit").asText()).as(service).isNotBlank();
        }
    }

    @Test
    void each_variable_is_a_setting_of_its_service_and_all_that_it_needs_is_there() throws Exception {
        Map<String, Set<String>> files = files();
        for (String service : Repository.services().keySet()) {
            Set<String> names = new TreeSet<>(files.get(service));
            merged(service).path("environment").fieldNames().forEachRemaining(names::add);
            Settings settings = Settings.of(service);
            assertThat(names).as(service).allMatch(settings::has).containsAll(settings.needed());
            assertThat(merged(service).at("/environment/QUARKUS_HTTP_PORT").asInt()).as(service).isEqualTo(Repository.services().get(service).path("http").asInt());
        }
    }

    @Test
    void no_secret_stands_in_compose_yaml_and_what_setup_makes_is_for_its_owner_alone() throws Exception {
        assertThat(Files.readString(FILE)).doesNotContainPattern("(PASSWORD|SECRET|TOKEN|SEAL_KEY|PSEUDONYM_KEY|API_KEY): +\\S");
        files();
        try (var made = Files.list(folder)) {
            for (Path file : made.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).endsWith("------");
            }
        }
    }

    @Test
    void setup_changes_nothing_that_is_there() throws Exception {
        files();
        String before = Files.readString(folder.resolve("secrets.env"));
        files();
        assertThat(Files.readString(folder.resolve("secrets.env"))).isEqualTo(before);
    }

    @Test
    void what_is_optional_has_a_profile_of_its_own() throws Exception {
        for (String service : Repository.services().keySet()) {
            assertThat(merged(service).path("profiles").toString()).as(service).isEqualTo(Repository.optional(service) ? "[\"" + service + "\"]" : "");
        }
    }

    @Test
    void livekit_has_a_redis_where_its_sip_api_is_answered_and_nowhere_else() throws Exception {
        files();
        assertThat(Files.readString(folder.resolve("livekit.env"))).doesNotContain("REDIS");
        String password = Files.readString(folder.resolve("redis.env")).strip();
        Tools.run(List.of(SETUP, "--address", "192.0.2.10", "--directory", folder.toString(), "--livekit-sip-api")).orFail("setup");
        assertThat(Files.readAllLines(folder.resolve("livekit.env"))).contains("REDIS_HOST=127.0.0.1:6379", password);
        assertThat(Files.readString(folder.resolve("livekit-sip-api.env"))).contains("redis://:" + password.split("=")[1] + "@127.0.0.1:6379");
    }

    @Test
    void the_topics_are_those_of_the_chart() throws Exception {
        Map<String, String> asked = new HashMap<>();
        JsonNode topics = Repository.yaml(Repository.CHART.resolve("files/topics.yaml"));
        topics.properties().forEach(topic -> {
            StringBuilder line = new StringBuilder("--partitions " + (topic.getValue().path("calls").asBoolean() ? 12 : 1));
            topic.getValue().path("config").properties().forEach(one -> line.append(" --config ").append(one.getKey()).append("=").append(one.getValue().asText()));
            asked.put(topic.getKey(), line.toString());
        });
        Map<String, String> made = new HashMap<>();
        for (String line : Repository.yaml(FILE).at("/services/topics/command/2").asText().split("\n")) {
            if (line.startsWith("make --topic ")) {
                String[] words = line.replace(" &&", "").split(" ", 4);
                made.put(words[2], words[3]);
            }
        }
        assertThat(made).isEqualTo(asked);
    }

    @Test
    void a_service_that_drains_is_given_the_time_for_it() throws Exception {
        for (Map.Entry<String, JsonNode> service : Repository.services().entrySet()) {
            JsonNode one = merged(service.getKey());
            assertThat(one.path("stop_grace_period").asText()).as(service.getKey()).isEqualTo(service.getValue().path("drains").asBoolean() ? "5m30s" : "30s");
            assertThat(one.path("environment").has("TRUNKLINE_DRAIN")).isEqualTo(service.getValue().path("drains").asBoolean());
        }
    }

    /** A service with what its anchor gives it. */
    private static JsonNode merged(String service) throws IOException {
        JsonNode root = Repository.yaml(FILE);
        var one = ((com.fasterxml.jackson.databind.node.ObjectNode) root.path("x-service")).deepCopy();
        one.setAll((com.fasterxml.jackson.databind.node.ObjectNode) root.path("services").path(service));
        return one;
    }

    /** The names in the files of variables that setup makes. */
    private Map<String, Set<String>> files() throws IOException, InterruptedException {
        Tools.run(List.of(SETUP, "--address", "192.0.2.10", "--directory", folder.toString())).orFail("setup");
        Map<String, Set<String>> names = new HashMap<>();
        for (String service : Repository.services().keySet()) {
            List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve(service + ".env")));
            names.put(service, new HashSet<>(lines.stream().map(line -> line.substring(0, line.indexOf('='))).toList()));
        }
        return names;
    }
}
