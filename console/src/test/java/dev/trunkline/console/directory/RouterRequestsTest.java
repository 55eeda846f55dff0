package dev.trunkline.console.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.directory.RouterRequests.Request;
import dev.trunkline.console.problem.Refused;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Without a token for the router each request that is let through ends as unavailable. */
class RouterRequestsTest {
    private static final URI ROUTER = URI.create("http://127.0.0.1:1");
    private static final byte[] BODY = {'{', '}'};

    private final HttpClient http = HttpClient.newHttpClient();
    private final RouterRequests router =
            new RouterRequests(ROUTER, new RouterTokens(ROUTER, Optional.empty(), http, InstantSource.system()), http);

    private static Stream<Request> changing() {
        return Stream.of(
                Request.post("/numbers", BODY), Request.to("PATCH", "/numbers/1", BODY), Request.to("DELETE", "/numbers/1", null));
    }

    private void ends(Role role, Request request, Status status) {
        var user = new User("somebody", role, Optional.empty());
        assertThatThrownBy(() -> router.send(user, request))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void supportChangesNothingAtTheRouterWhichWouldLetIt(Request request) {
        ends(Role.SUPPORT, request, Status.FORBIDDEN);
    }

    @Test
    void supportReadsAndAsks() {
        ends(Role.SUPPORT, Request.get("/numbers"), Status.SERVICE_UNAVAILABLE);
        ends(Role.SUPPORT, Request.ask("/routing/explain", BODY), Status.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "SUPPORT", mode = EnumSource.Mode.EXCLUDE)
    void everyOtherRoleMaySendWhatItsResourcesLetIt(Role role) {
        ends(role, Request.post("/numbers", BODY), Status.SERVICE_UNAVAILABLE);
    }
}
