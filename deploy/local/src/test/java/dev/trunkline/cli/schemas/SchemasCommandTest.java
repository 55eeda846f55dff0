package dev.trunkline.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.cli.Shell;
import dev.trunkline.cli.schemas.TestRegistry.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasCommandTest {
    private static final String ENDED = "dev.trunkline.call.ended.v1";
    private static final int ALL = EventSchemas.ofContract().size();

    @TempDir
    Path folder;

    private TestRegistry registry;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry();
        shell = new Shell(folder);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private int register(String... words) {
        List<String> line = new ArrayList<>(List.of("schemas", "register", registry.url()));
        line.addAll(List.of(words));
        return shell.run(line.toArray(String[]::new));
    }

    /** Answers a request for this subject so, and others as usual. */
    private void answering(String method, String path, int status, String body) {
        registry.answering(asked -> asked.method().equals(method) && asked.path().equals(path)
                ? Optional.of(Answer.of(status, body))
                : Optional.empty());
    }

    @Test
    void aFolderGetsAFileForEachSubject() throws Exception {
        assertThat(shell.run("schemas", "export", "made/schemas")).isZero();
        assertThat(shell.out()).isEqualTo(ALL + " schemas are in made/schemas\n");
        Path made = folder.resolve("made/schemas");
        assertThat(made.toFile().list()).hasSize(ALL);
        JsonNode ended = new ObjectMapper().readTree(made.resolve(ENDED + ".json").toFile());
        assertThat(ended.at("/properties/durationMillis/type").asText()).isEqualTo("integer");

        assertThat(shell.run("schemas", "export", "made/schemas", "--json")).isZero();
        assertThat(shell.out().lines()).hasSize(ALL).anySatisfy(line -> assertThat(line)
                .isEqualTo("{\"subject\":\"%s\",\"file\":\"%s\"}".formatted(ENDED, made.resolve(ENDED + ".json"))));
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        assertThat(shell.run("schemas", "export", "file")).isEqualTo(1);
        assertThat(shell.err()).contains("file");
    }

    @Test
    void allAreRegisteredOnce() {
        assertThat(register()).isZero();
        assertThat(shell.out()).contains(ENDED).contains("1        registered").doesNotContain("unchanged");
        assertThat(registry.versions(ENDED)).isEqualTo(1);

        assertThat(register()).isZero();
        assertThat(shell.out()).contains("1        unchanged").doesNotContain("registered");
        assertThat(registry.versions(ENDED)).isEqualTo(1);
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void aCheckChangesNothing() {
        registry.has(ENDED, "{}");
        assertThat(register("--check")).isZero();
        assertThat(shell.out().lines()).hasSize(ALL + 1).anySatisfy(line -> assertThat(line).startsWith(ENDED).endsWith("-        changed"));
        assertThat(shell.out()).contains("-        new");
        assertThat(registry.versions(ENDED)).isEqualTo(1);
        assertThat(registry.asked()).noneSatisfy(asked -> assertThat(asked.path()).matches("subjects/[^/]+/versions|config.*"));
    }

    @Test
    void theBodyIsThatOfConfluentsApi() throws Exception {
        register();
        JsonNode body = new ObjectMapper().readTree(registry.asked().stream()
                .filter(asked -> asked.path().equals("subjects/" + ENDED + "/versions")).findFirst().orElseThrow().body());
        assertThat(body.path("schemaType").asText()).isEqualTo("JSON");
        assertThat(new ObjectMapper().readTree(body.path("schema").asText()).path("title").asText()).isEqualTo(ENDED);
    }

    @Test
    void theLevelIsSetBeforeTheSchemasAreJudged() {
        assertThat(register("--level", "FORWARD")).isZero();
        assertThat(registry.asked().subList(0, ALL)).allSatisfy(asked -> {
            assertThat(asked.method()).isEqualTo("PUT");
            assertThat(asked.body()).isEqualTo("{\"compatibility\":\"FORWARD\"}");
        });
    }

    @Test
    void whatWouldBeRefusedIsSaidWithTheReasonAndNothingIsRegistered() {
        registry.has(ENDED, "{}");
        answering("POST", "compatibility/subjects/" + ENDED + "/versions/latest?verbose=true", 200,
                "{\"is_compatible\": false, \"messages\": [\"TYPE_CHANGED at #/properties/reason\", \"two\\u001b[31m\"]}");

        assertThat(register("--check")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("""
                The registry refuses 1 of the schemas.
                  dev.trunkline.call.ended.v1
                    TYPE_CHANGED at #/properties/reason
                    two [31m
                The levels BACKWARD and FULL refuse fields that this version adds; --level FORWARD sets the one that accepts them.
                """);
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).contains("refuses 1 of the schemas, so nothing was registered");
        assertThat(registry.versions("dev.trunkline.call.held.v1")).isZero();
        assertThat(register("--json")).isEqualTo(1);
        assertThat(shell.out().lines()).hasSize(ALL).contains(
                "{\"subject\":\"dev.trunkline.call.ended.v1\",\"state\":\"refused\",\"reasons\":[\"TYPE_CHANGED at #/properties/reason\",\"two [31m\"]}",
                "{\"subject\":\"dev.trunkline.call.held.v1\",\"state\":\"new\"}");
    }

    @Test
    void aRefusalWithoutReasonsIsExplainedByTheDifferences() {
        registry.has(ENDED, "{\"type\": \"array\"}");
        answering("POST", "compatibility/subjects/" + ENDED + "/versions/latest?verbose=true", 200, "{\"is_compatible\": false}");
        assertThat(register("--check")).isEqualTo(1);
        assertThat(shell.err()).contains("compared with version 1, /type is \"object\", was \"array\"");
    }

    @ParameterizedTest
    @CsvSource({"409, 409, Schema being registered is incompatible", "422, 42201, Invalid schema"})
    void aSchemaThatIsRefusedWhenItIsRegisteredIsSaidToo(int status, int code, String message) {
        answering("POST", "subjects/" + ENDED + "/versions", status, "{\"error_code\": %d, \"message\": \"%s\"}".formatted(code, message));
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).contains("refuses 1 of the schemas, after others had been registered", ENDED, message);
        assertThat(registry.versions("dev.trunkline.call.held.v1")).isEqualTo(1);
    }

    @Test
    void credentialsComeFromTheEnvironment() {
        shell.with("TRUNKLINE_REGISTRY_TOKEN", "t0ken");
        assertThat(register("--check")).isZero();
        assertThat(registry.asked()).allSatisfy(asked -> assertThat(asked.authorization()).contains("Bearer t0ken"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {}                                                         | set TRUNKLINE_REGISTRY_USER and TRUNKLINE_REGISTRY_PASSWORD, or TRUNKLINE_REGISTRY_TOKEN
            403 | {"error_code": 40301, "message": "not\\u0007 yours"}       | does not permit this (403): not  yours
            404 | <html>                                                     | there is no schema registry at
            404 | {"error_code": 404, "message": "HTTP 404 Not Found"}       | /apis/ccompat/v7
            200 | <html>                                                     | there is no schema registry at
            200 | {"welcome": true}                                          | there is no schema registry at
            500 | {"error_code": 50001, "message": "backend store"}          | answered 500: backend store
            503 | sorry                                                      | answered 503: no reason is given
            """)
    void anAnswerThatIsNone(int status, String body, String said) {
        registry.answering(status, body);
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).startsWith("trunkline schemas: ").contains(said).contains(registry.url());
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void credentialsThatAreNotAcceptedAreSaidToBe() {
        shell.with("TRUNKLINE_REGISTRY_USER", "u").with("TRUNKLINE_REGISTRY_PASSWORD", "s3cret");
        registry.answering(401, "{\"message\": \"unknown user\"}");
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).contains("does not accept the credentials of the environment (401): unknown user").doesNotContain("s3cret");
    }

    @Test
    void aRedirectIsNotFollowed() {
        registry.answering(asked -> Optional.of(new Answer(302, "", Optional.of("http://127.0.0.1:1/elsewhere"))));
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).contains("redirects (302) to http://127.0.0.1:1/elsewhere: give that address instead");
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void aRegistryThatIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(shell.run("schemas", "register", "http://127.0.0.1:" + port)).isEqualTo(1);
        assertThat(shell.err()).contains("the schema registry at http://127.0.0.1:" + port + "/ does not answer (no connection)", "is it running");
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        registry.answering(200, "[" + "1,".repeat(4 * 1024 * 1024) + "1]");
        assertThat(register()).isEqualTo(1);
        assertThat(shell.err()).contains("does not answer (");
    }

    /** The headers arrive at once, and then nothing more. */
    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var peer = socket.accept()) {
                    peer.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes());
                    peer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            RegistryAddress address = RegistryAddress.of("http://127.0.0.1:" + socket.getLocalPort(), Map.of());
            try (RegistryClient client = new RegistryClient(address, Duration.ofMillis(300))) {
                assertThatThrownBy(() -> client.get("subjects")).isInstanceOf(IOException.class)
                        .hasMessageContaining("no complete answer in 300 ms");
            }
        }
    }
}
