package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** People at the console's pages, in Debian's Chromium; what they can do is in {@code people.mjs}. */
public final class ConsolePages implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** The console's client id at the identity provider of the tests. */
    static final String CLIENT = "trunkline-console";
    static final String CLIENT_SECRET = "a-secret-of-the-tests";

    private final JsonProcess browser;
    private final Path folder;
    private final Path programs;
    private int wishes;

    private ConsolePages(JsonProcess browser, Path folder, Path programs) {
        this.browser = browser;
        this.folder = folder;
        this.programs = programs;
    }

    static ConsolePages open(Path module, String address) throws IOException, InterruptedException {
        Path folder = module.resolve("target/console");
        Files.createDirectories(folder);
        if (!Files.isExecutable(CHROMIUM)) {
            DebianPackage.install("chromium", folder);
        }
        Path programs = Node.prepare(module.resolve("src/test/console"), folder.resolve("node"));
        return new ConsolePages(JsonProcess.start(
                BrowserNetwork.losable(
                        List.of("node", programs.resolve("people.mjs").toString(), address, folder.resolve("screenshots").toString())),
                Map.of("CHROMIUM", CHROMIUM.toString(), "AXE", axe(module).toString()), folder.resolve("people.log")), folder, programs);
    }

    /** Returns the accessibility checker, which the console's build has fetched. */
    private static Path axe(Path module) {
        return module.resolveSibling("console/web/node_modules/axe-core/axe.min.js");
    }

    /** Cuts the browser's network until the returned object is closed. */
    public BrowserNetwork loseNetwork() throws IOException, InterruptedException {
        return BrowserNetwork.lose(folder);
    }

    /** Starts an identity provider (oidc-provider of npm) that knows the console and some people. */
    JsonProcess identityProvider(int port, String address) throws IOException {
        JsonProcess provider = JsonProcess.start(
                List.of("node", programs.resolve("provider.mjs").toString(), Integer.toString(port), address, CLIENT, CLIENT_SECRET),
                Map.of(), programs.resolve("provider.log"));
        provider.await("the identity provider listens", PATIENCE, said -> said.path("listening").asBoolean());
        return provider;
    }

    /**
     * Makes a person on the pages do something, and waits until it is done.
     *
     * @param with names and values in turns
     * @return the result
     * @throws AssertionError that names a screenshot if the page did not do what it should
     */
    public JsonNode have(String what, Object... with) {
        int id = ++wishes;
        ObjectNode wish = EventJson.MAPPER.createObjectNode().put("id", id).put("do", what);
        for (int i = 0; i < with.length; i += 2) {
            wish.set((String) with[i], EventJson.MAPPER.valueToTree(with[i + 1]));
        }
        browser.tell(wish.toString());
        JsonNode answer = browser.await(what + " is done", PATIENCE, said -> said.path("id").asInt() == id);
        if (answer.has("fault")) {
            throw new AssertionError(what + ": " + answer.path("fault").asText());
        }
        return answer.path("value");
    }

    @Override
    public void close() {
        browser.close();
    }
}
