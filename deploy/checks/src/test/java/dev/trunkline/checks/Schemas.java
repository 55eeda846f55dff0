package dev.trunkline.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * JSON schemas for kubeconform, from package registries: Kubernetes' own from the Python package {@code kubernetes-validate}, those of
 * KEDA, cert-manager and the Prometheus Operator from the definitions (CRDs) in their Go modules. No schemas of Strimzi, CloudNativePG
 * and the External Secrets Operator were found there: our own rules check their resources (ChartPolicyTest, KafkaResourcesTest).
 */
final class Schemas {
    static final String KUBERNETES = "1.34.0";
    /** Kinds without a schema, as kubeconform is told. */
    static final List<String> WITHOUT = List.of("Kafka", "KafkaNodePool", "KafkaUser", "KafkaTopic", "Cluster", "Database", "ExternalSecret");

    private static final String PACKAGE = "1.37.0";
    private static final String IN_PACKAGE = "kubernetes_validate/kubernetes-json-schema/v" + KUBERNETES + "-local-strict/";
    /** What the chart has, and more than it. */
    private static final Set<String> KINDS = Set.of(
            "configmap-v1", "deployment-apps-v1", "ingress-networking-v1", "networkpolicy-networking-v1", "poddisruptionbudget-policy-v1",
            "secret-v1", "service-v1", "serviceaccount-v1", "statefulset-apps-v1");
    private static final JsonMapper JSON = new JsonMapper();

    private Schemas() {}

    /** The folder, made once and kept. */
    static synchronized Path folder() throws IOException, InterruptedException {
        Path folder = Tools.CACHE.resolve("kubernetes-schemas-" + KUBERNETES + "-1");
        Path complete = folder.resolve("complete");
        if (!Files.exists(complete)) {
            Files.createDirectories(folder);
            kubernetes(folder);
            definitions(folder, Tools.module("github.com/kedacore/keda/v2", "v2.20.2").resolve("config/crd/bases"));
            definitions(folder, Tools.module("github.com/cert-manager/cert-manager", "v1.21.2").resolve("deploy/crds"));
            definitions(folder, Tools.module("github.com/prometheus-operator/prometheus-operator", "v0.85.0").resolve("example/prometheus-operator-crd"));
            Files.writeString(complete, "all schemas are here\n");
        }
        return folder;
    }

    /** Each with what it refers to beside it, for kubeconform reads one file a kind. */
    private static void kubernetes(Path folder) throws IOException, InterruptedException {
        Tools.run(List.of("python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", folder.toString(),
                        "kubernetes-validate==" + PACKAGE))
                .orFail("pip download kubernetes-validate (it needs python3 with pip, and PyPI)");
        Path wheel = folder.resolve("kubernetes_validate-" + PACKAGE + "-py3-none-any.whl");
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            JsonNode shared = read(zip, "_definitions.json").get("$defs");
            for (String kind : KINDS) {
                ObjectNode schema = (ObjectNode) read(zip, kind + ".json");
                schema.remove("$id");
                schema.set("$defs", shared);
                JSON.writeValue(folder.resolve(kind + ".json").toFile(), schema);
            }
        }
        Files.delete(wheel);
    }

    private static JsonNode read(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(IN_PACKAGE + name))) {
            return JSON.readTree(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replaceAll("\"[^\"]*_definitions\\.json#", "\"#"));
        }
    }

    private static void definitions(Path folder, Path from) throws IOException {
        try (var files = Files.newDirectoryStream(from, "*.yaml")) {
            for (Path file : files) {
                for (JsonNode definition : Repository.documents(Files.readString(file))) {
                    JsonNode spec = definition.path("spec");
                    for (JsonNode version : spec.path("versions")) {
                        JsonNode schema = version.path("schema").path("openAPIV3Schema");
                        String name = "%s-%s-%s.json".formatted(
                                spec.path("names").path("kind").asText().toLowerCase(Locale.ROOT),
                                spec.path("group").asText().split("\\.")[0],
                                version.path("name").asText());
                        strict(schema);
                        // The API server knows these by itself.
                        ((ObjectNode) schema.path("properties")).set("metadata", JSON.createObjectNode().put("type", "object"));
                        JSON.writeValue(folder.resolve(name).toFile(), schema);
                    }
                }
            }
        }
    }

    /** A property that a definition does not have would be dropped by the API server without a word: here it is an error. */
    private static void strict(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Schemas::strict);
    }
}
