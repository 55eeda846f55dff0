package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules for everything that the chart renders, for each site. */
class ChartPolicyTest {
    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|SEAL_KEY|PSEUDONYM_KEY|API_KEY).*|TRUNKLINE_REDIS");
    private static final Map<String, List<JsonNode>> SITES = new HashMap<>();

    @BeforeAll
    static void render() throws Exception {
        for (String site : Chart.SITES) {
            SITES.put(site, Chart.manifests(site));
        }
    }

    @Test
    void every_service_is_there_as_what_it_is_and_each_alone() throws Exception {
        Map<String, JsonNode> services = Repository.services();
        for (List<JsonNode> manifests : SITES.values()) {
            for (Map.Entry<String, JsonNode> service : services.entrySet()) {
                if (Repository.optional(service.getKey()) && manifests == SITES.get(Chart.WITHOUT_OPTIONAL)) {
                    assertThat(Chart.workloads(manifests)).noneMatch(one -> Chart.service(one).equals(service.getKey()));
                    continue;
                }
                assertThat(Chart.workloads(manifests).stream().filter(one -> Chart.service(one).equals(service.getKey())))
                        .as(service.getKey())
                        .singleElement()
                        .satisfies(one -> assertThat(one.path("kind")).isEqualTo(service.getValue().path("kind")));
            }
        }
    }

    @Test
    void no_container_is_root_writes_to_its_image_or_may_become_more() {
        everyPod((workload, pod) -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(workload).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).as(workload).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).as(workload).isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).as(workload).isFalse();
            for (String forbidden : List.of("hostPID", "hostIPC", "initContainers", "ephemeralContainers")) {
                assertThat(pod.has(forbidden)).as(workload + " " + forbidden).isFalse();
            }
            assertThat(pod.path("volumes").findValues("hostPath")).as(workload).isEmpty();
            for (JsonNode container : pod.path("containers")) {
                JsonNode rights = container.path("securityContext");
                assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).as(workload).isFalse();
                assertThat(rights.path("privileged").asBoolean(true)).as(workload).isFalse();
                assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).as(workload).isTrue();
                assertThat(rights.at("/capabilities/drop/0").asText()).as(workload).isEqualTo("ALL");
                assertThat(rights.at("/capabilities/add").isMissingNode()).as(workload).isTrue();
            }
        });
    }

    @Test
    void every_container_asks_for_cpu_and_memory_and_is_held_to_memory() {
        everyPod((workload, pod) -> {
            for (JsonNode container : pod.path("containers")) {
                assertThat(container.at("/resources/requests").has("cpu")).as(workload).isTrue();
                assertThat(container.at("/resources/requests").has("memory")).as(workload).isTrue();
                assertThat(container.at("/resources/limits").has("memory")).as(workload).isTrue();
            }
        });
    }

    @Test
    void no_secret_is_in_the_clear_in_an_environment_or_a_command() {
        everyPod((workload, pod) -> {
            for (JsonNode container : pod.path("containers")) {
                for (JsonNode variable : container.path("env")) {
                    String name = variable.path("name").asText();
                    if (SECRET.matcher(name).matches()) {
                        assertThat(variable.at("/valueFrom/secretKeyRef/key").asText()).as(workload + " " + name).isNotBlank();
                    }
                    assertThat(variable.path("value").asText()).as(workload + " " + name).doesNotContain("://:").doesNotMatch(".*://[^/]*:[^/]*@.*");
                }
                assertThat(container.path("command").toString() + container.path("args")).as(workload).doesNotMatch(".*[A-Za-z0-9]{40}.*");
            }
        });
    }

    @Test
    void a_variable_stands_once_in_an_environment() {
        everyPod((workload, pod) -> assertThat(Chart.variables(pod))
                .as(workload)
                .doesNotHaveDuplicates());
    }

    @Test
    void probes_ask_pages_that_the_services_have_at_their_port() throws Exception {
        Map<String, JsonNode> services = Repository.services();
        ours((service, pod) -> {
            JsonNode container = pod.path("containers").get(0);
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                JsonNode page = container.path(probe).path("httpGet");
                assertThat(page.path("port").asText()).as(service + " " + probe).isEqualTo("http");
                // Those of smallrye-health, which each service has (its pom.xml); nothing else is under /q/health.
                assertThat(page.path("path").asText()).as(service).isEqualTo(probe.equals("readinessProbe") ? "/q/health/ready" : "/q/health/live");
            }
            assertThat(StreamSupport.stream(container.path("ports").spliterator(), false)
                            .filter(port -> port.path("name").asText().equals("http"))
                            .map(port -> port.path("containerPort").asInt()))
                    .containsExactly(services.get(service).path("http").asInt());
        });
        for (Map.Entry<String, JsonNode> service : services.entrySet()) {
            assertThat(Repository.read(service.getKey() + "/pom.xml")).as(service.getKey()).contains("<artifactId>quarkus-smallrye-health</artifactId>");
            assertThat(Repository.read(service.getKey() + "/src/main/resources/application.properties"))
                    .as(service.getKey())
                    .contains("quarkus.http.port=" + service.getValue().path("http").asInt());
        }
    }

    @Test
    void a_pod_is_given_all_the_time_that_its_service_needs_to_stop() throws Exception {
        Map<String, JsonNode> services = Repository.services();
        ours((service, pod) -> {
            String drain = StreamSupport.stream(pod.path("containers").get(0).path("env").spliterator(), false)
                    .filter(variable -> variable.path("name").asText().equals("TRUNKLINE_DRAIN"))
                    .map(variable -> variable.path("value").asText())
                    .findFirst()
                    .orElse("0s");
            assertThat(drain.equals("0s")).as(service).isNotEqualTo(services.get(service).path("drains").asBoolean());
            int needed = Integer.parseInt(drain.replace("s", ""))
                    + services.get(service).path("stopSeconds").asInt()
                    + pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
            assertThat(pod.path("terminationGracePeriodSeconds").asInt()).as(service).isEqualTo(needed);
        });
    }

    @Test
    void policies_open_what_a_container_listens_at_and_nothing_else() throws Exception {
        List<JsonNode> manifests = new ArrayList<>(SITES.values().stream().flatMap(List::stream).toList());
        manifests.addAll(Repository.documents(java.nio.file.Files.readString(ChartTest.loadBalanced())));
        for (JsonNode policy : Chart.of(manifests, "NetworkPolicy").toList()) {
            String service = policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name").asText();
            if (!Repository.services().containsKey(service)) {
                continue;
            }
            Set<Integer> open = new TreeSet<>();
            policy.at("/spec/ingress").forEach(rule -> {
                assertThat(rule.path("ports").isEmpty()).as(service).isFalse();
                assertThat(rule.path("from").isEmpty()).as(service).isFalse();
                rule.path("ports").forEach(port -> open.add(port.path("port").asInt()));
            });
            Set<Integer> known = new TreeSet<>(Set.of(Repository.services().get(service).path("http").asInt()));
            switch (Repository.services().get(service).path("media").asText()) {
                case "sip" -> known.addAll(open.contains(5061) ? Set.of(5060, 5061) : Set.of(5060));
                case "rtp" -> known.add(10000);
                default -> {}
            }
            assertThat(open).as(service).isEqualTo(known);
        }
    }

    @Test
    void what_is_not_allowed_is_denied_in_every_site() {
        SITES.forEach((site, manifests) -> assertThat(Chart.of(manifests, "NetworkPolicy"))
                .as(site)
                .anySatisfy(policy -> {
                    assertThat(policy.at("/spec/policyTypes").size()).isEqualTo(2);
                    assertThat(policy.path("spec").has("ingress")).isFalse();
                    assertThat(policy.path("spec").has("egress")).isFalse();
                }));
    }

    @Test
    void a_service_reaches_the_stores_that_it_needs_and_no_other() throws Exception {
        Map<Integer, String> stores = Map.of(5432, "postgres", 6379, "redis", 7880, "livekit", 7580, "router");
        for (JsonNode policy : Chart.of(SITES.get("50"), "NetworkPolicy").toList()) {
            JsonNode what = Repository.services().get(policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1name").asText());
            if (what == null) {
                continue;
            }
            Set<String> reached = new TreeSet<>(Set.of("kafka"));
            policy.at("/spec/egress").forEach(rule -> rule.path("ports").forEach(port -> {
                if (!port.has("endPort") && stores.containsKey(port.path("port").asInt())) {
                    reached.add(stores.get(port.path("port").asInt()));
                }
            }));
            Set<String> needed = new TreeSet<>();
            what.path("needs").forEach(need -> needed.add(need.asText()));
            assertThat(reached).isEqualTo(needed);
        }
    }

    @Test
    void each_service_has_a_budget_and_is_spread() throws Exception {
        for (List<JsonNode> manifests : SITES.values()) {
            assertThat(Chart.of(manifests, "PodDisruptionBudget").map(one -> one.at("/spec/selector/matchLabels/app.kubernetes.io~1name").asText()))
                    .containsExactlyInAnyOrderElementsOf(Repository.services().keySet().stream()
                            .filter(service -> !Repository.optional(service) || manifests != SITES.get(Chart.WITHOUT_OPTIONAL))
                            .toList());
        }
        ours((service, pod) -> assertThat(pod.path("topologySpreadConstraints").findValuesAsText("topologyKey"))
                .as(service)
                .containsExactlyInAnyOrder("kubernetes.io/hostname", "topology.kubernetes.io/zone"));
    }

    @Test
    void who_is_scaled_by_keda_has_no_number_of_replicas_and_goes_down_one_by_one() {
        for (List<JsonNode> manifests : SITES.values()) {
            for (JsonNode scaled : Chart.of(manifests, "ScaledObject").toList()) {
                String target = scaled.at("/spec/scaleTargetRef/name").asText();
                assertThat(Chart.workloads(manifests).stream().filter(one -> one.at("/metadata/name").asText().equals(target)))
                        .as(target)
                        .singleElement()
                        .satisfies(one -> assertThat(one.path("spec").has("replicas")).isFalse());
                assertThat(scaled.at("/spec/triggers").isEmpty()).as(target).isFalse();
                assertThat(scaled.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/policies/0/value").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void the_certificate_of_the_edges_is_made_for_what_the_edge_reads() {
        assertThat(Chart.of(SITES.get("1000"), "Certificate")).singleElement().satisfies(certificate ->
                assertThat(certificate.at("/spec/privateKey/encoding").asText()).isEqualTo("PKCS8"));
        JsonNode edge = Chart.workloads(SITES.get("1000")).stream().filter(one -> Chart.service(one).equals("sip-edge")).findFirst().orElseThrow();
        assertThat(Chart.pod(edge).path("volumes").findValuesAsText("secretName"))
                .contains(Chart.of(SITES.get("1000"), "Certificate").findFirst().orElseThrow().at("/spec/secretName").asText());
    }

    @Test
    void the_router_is_reached_from_outside_by_its_api_alone() throws Exception {
        Set<String> paths = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = java.nio.file.Files.walk(Repository.ROOT.resolve("call-router/src/main/java"))) {
            for (java.nio.file.Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                var path = Pattern.compile("^@Path\\(\"(/[^/\"]*)", Pattern.MULTILINE).matcher(java.nio.file.Files.readString(file));
                while (path.find()) {
                    // At the root there is a page for people who look for the console, and with it everything else.
                    if (!path.group(1).equals("/")) {
                        paths.add(path.group(1));
                    }
                }
            }
        }
        JsonNode ingress = Chart.of(SITES.get("10000"), "Ingress")
                .filter(one -> one.at("/metadata/name").asText().endsWith("call-router"))
                .findFirst()
                .orElseThrow();
        assertThat(ingress.at("/spec/rules/0/http/paths").findValuesAsText("path")).containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void the_sip_api_of_livekit_reaches_the_router_kafka_and_livekits_redis_alone() throws Exception {
        List<JsonNode> manifests = SITES.get("1000");
        JsonNode policy = Chart.of(manifests, "NetworkPolicy")
                .filter(one -> one.at("/metadata/name").asText().endsWith("livekit-sip-api"))
                .findFirst()
                .orElseThrow();
        assertThat(policy.at("/spec/egress").findValuesAsText("port")).containsExactlyInAnyOrder("53", "53", "9093", "6379", "7580");
        JsonNode router = Chart.of(manifests, "NetworkPolicy")
                .filter(one -> one.at("/metadata/name").asText().endsWith("call-router"))
                .findFirst()
                .orElseThrow();
        assertThat(router.at("/spec/ingress/0/from").toString()).contains("\"livekit-sip-api\"", "\"console\"");
    }

    @Test
    void the_sip_api_of_livekit_is_not_installed_beside_a_livekit_without_redis() throws Exception {
        Tools.Output said = Tools.run(List.of(Tools.helm().toString(), "template", Chart.RELEASE, Repository.CHART.toString(),
                "--kube-version", Schemas.KUBERNETES, "--values", Repository.CHART.resolve("sites/50.yaml").toString(),
                "--set", "services.livekit-sip-api.enabled=true,secrets.values.livekit-redis-url=redis://livekit-redis:6379"));
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.text()).contains("livekit.server has no Redis");
    }

    private interface PodCheck {
        void of(String workload, JsonNode pod);
    }

    private static void everyPod(PodCheck check) {
        SITES.forEach((site, manifests) -> Chart.workloads(manifests).forEach(workload ->
                check.of(site + " " + workload.at("/metadata/name").asText(), Chart.pod(workload))));
    }

    private static void ours(PodCheck check) throws Exception {
        Set<String> services = Repository.services().keySet();
        SITES.values().forEach(manifests -> Chart.workloads(manifests).stream()
                .filter(workload -> services.contains(Chart.service(workload)))
                .forEach(workload -> check.of(Chart.service(workload), Chart.pod(workload))));
    }
}
