package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test that uses the API of the running service, and restores the demo's directory afterwards. */
abstract class WholeService {
    protected Admin admin;

    @BeforeEach
    void ready() throws Exception {
        admin = new Admin();
        admin.awaitReady();
    }

    @AfterEach
    void leave() throws Exception {
        whole(Admin.demo());
        admin.close();
    }

    /** Makes the file the whole directory. */
    protected JsonNode whole(String file) throws Exception {
        return ok("/directory/apply?whole=true", file);
    }

    /** Returns the response to an admin's POST, which must succeed. */
    protected JsonNode ok(String path, String body) throws Exception {
        Admin.Answer answer = admin.call("POST", path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    protected static String resource(String name) throws IOException {
        try (var in = WholeService.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
