package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the systemd units, the firewall and the installation of the edge's certificate. */
class UnitsTest {
    private static final Path UNITS = Repository.ROOT.resolve("deploy/systemd");

    @TempDir
    Path folder;

    @Test
    void systemd_takes_every_unit() throws Exception {
        String analyze = Tools.debian("systemd-analyze", "systemd").toString();
        // Programs that a unit starts have to be there, and are installed elsewhere: a copy starts another.
        for (String name : names()) {
            String unit = Files.readString(UNITS.resolve(name)).replaceAll("ExecStart=\\S+", "ExecStart=/bin/true");
            Files.writeString(folder.resolve(name), unit);
        }
        for (String name : names()) {
            Tools.Output said = Tools.run(List.of(analyze, "verify", "--man=no", folder.resolve(name).toString()));
            assertThat(said.text().lines().filter(line -> line.contains(folder.toString()) || line.contains("trunkline"))).as(name).isEmpty();
            said.orFail("systemd-analyze verify " + name);
        }
    }

    @Test
    void each_service_has_a_unit_that_the_target_wants() throws Exception {
        String target = Files.readString(UNITS.resolve("trunkline.target"));
        for (String service : Repository.services().keySet()) {
            assertThat(unit(service)).contains("WantedBy=trunkline.target", "PartOf=trunkline.target");
            // What is optional is switched on by itself.
            assertThat(target.contains("trunkline-" + service + ".service")).as(service).isNotEqualTo(Repository.optional(service));
        }
        assertThat(names().stream().filter(name -> name.endsWith(".service"))).hasSameSizeAs(Repository.services().keySet());
    }

    @Test
    void each_variable_is_a_setting_of_its_service_and_no_secret_is_in_a_unit() throws Exception {
        for (Map.Entry<String, JsonNode> service : Repository.services().entrySet()) {
            Settings settings = Settings.of(service.getKey());
            List<String> names = values(service.getKey(), "Environment").stream().map(value -> value.split("=")[0]).toList();
            assertThat(names).as(service.getKey()).isNotEmpty().allMatch(settings::has).noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|_KEY)"));
            assertThat(values(service.getKey(), "Environment")).contains("QUARKUS_HTTP_PORT=" + service.getValue().path("http").asInt());
        }
        for (String example : List.of("sip-edge", "media-relay")) {
            Settings settings = Settings.of(example);
            assertThat(Files.readAllLines(UNITS.resolve(example + ".local.env.example")).stream()
                            .map(line -> line.replaceFirst("^#", ""))
                            .filter(line -> line.matches("[A-Z_]+=.*"))
                            .map(line -> line.split("=")[0]))
                    .isNotEmpty()
                    .allMatch(settings::has);
        }
    }

    @Test
    void a_unit_gives_its_process_no_rights_and_the_time_that_it_needs_to_stop() throws Exception {
        for (Map.Entry<String, JsonNode> service : Repository.services().entrySet()) {
            assertThat(unit(service.getKey())).as(service.getKey()).contains(
                    "DynamicUser=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n",
                    "SystemCallFilter=@system-service", "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK");
            int drain = values(service.getKey(), "Environment").contains("TRUNKLINE_DRAIN=5m") ? 300 : 0;
            assertThat(drain > 0).isEqualTo(service.getValue().path("drains").asBoolean());
            assertThat(values(service.getKey(), "TimeoutStopSec")).containsExactly(drain + service.getValue().path("stopSeconds").asInt() + "s");
        }
    }

    @Test
    void a_pbx_reaches_its_port_through_the_firewall_and_nobody_else_does() throws Exception {
        Tools.debian("nft", "nftables");
        Tools.Output said = Tools.run(List.of("unshare", "--map-root-user", "--net", "--mount", "bash",
                Repository.ROOT.resolve("deploy/checks/src/test/resources/firewall.sh").toString(), UNITS.resolve("trunkline.nft").toString()));
        assertThat(said.orFail("the firewall in a network of its own").text().lines()).contains(
                "the pbx at 15060: heard", "a stranger at 15060: not heard", "a stranger at 10000: not heard", "the pbx at 7580: not heard");
    }

    @Test
    void a_certificate_comes_to_the_edge_as_it_reads_it() throws Exception {
        String script = UNITS.resolve("certificate").toString();
        Map<String, String> here = Map.of("TRUNKLINE_CERTIFICATES", folder.toString());
        Tools.run(List.of(script, "--self-signed", "sip.example.com"), here).orFail("certificate --self-signed");
        String first = Files.readString(folder.resolve("tls.crt"));
        assertThat(Files.readString(folder.resolve("tls.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key")))).isEqualTo("rw-r-----");
        // As certbot's hook: a key that is not PKCS #8 becomes one.
        Path renewed = Files.createDirectory(folder.resolve("live"));
        Tools.run(List.of("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", renewed.resolve("privkey.pem").toString())).orFail("openssl");
        Tools.run(List.of("openssl", "req", "-x509", "-key", renewed.resolve("privkey.pem").toString(), "-subj", "/CN=sip.example.com", "-out",
                renewed.resolve("fullchain.pem").toString())).orFail("openssl req");
        assertThat(Files.readString(renewed.resolve("privkey.pem"))).contains("BEGIN EC PRIVATE KEY");
        Tools.run(List.of(script), Map.of("TRUNKLINE_CERTIFICATES", folder.toString(), "RENEWED_LINEAGE", renewed.toString())).orFail("certificate as a hook");
        assertThat(Files.readString(folder.resolve("tls.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(Files.readString(folder.resolve("tls.crt"))).isNotEqualTo(first);
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(".*\\.(service|target)")).sorted().toList();
        }
    }

    private static String unit(String service) throws IOException {
        return Files.readString(UNITS.resolve("trunkline-" + service + ".service"));
    }

    private static List<String> values(String service, String key) throws IOException {
        return unit(service).lines().filter(line -> line.startsWith(key + "=")).map(line -> line.substring(key.length() + 1)).toList();
    }
}
