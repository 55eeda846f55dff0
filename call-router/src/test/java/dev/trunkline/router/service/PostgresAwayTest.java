package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class PostgresAwayTest {
    private static final String CALLER = "+32470123456";

    /** Set by the test resource. */
    RouterSurroundings surroundings;

    @Test
    @Timeout(120)
    void callsGoOnByTheDirectoryInMemory() throws Exception {
        try (Admin admin = new Admin();
                Suite suite = new Suite()) {
            admin.awaitReady();
            admin.apply(Admin.demo());
            // The trunk that edges know must be the directory's, not one that another test had under the same name.
            while (!(suite.call("+3225550100", CALLER) instanceof CallRouted)) {
                Thread.sleep(50);
            }
            String tenant = admin.tokenOf("demo");
            assertThat(admin.call(tenant, "GET", "/numbers", "").status()).isEqualTo(200);

            surroundings.stopPostgres();
            try {
                Await.until(() -> ready(admin).contains("away since"));
                assertThat(suite.call("+3225550100", CALLER)).isInstanceOf(CallRouted.class);
                assertThat(admin.send(Admin.bare("/q/health/ready")).status()).isEqualTo(200);
                assertThat(admin.apply(Admin.demo()).status()).isEqualTo(503);
            } finally {
                // Tests of other classes need Postgres.
                surroundings.startPostgres();
            }
            Await.until(() -> ready(admin).contains("answers"));
            // A change made by another replica or by hand.
            execute("update numbers set label = 'changed by hand' where phone_number = '+3225550100'");
            Await.until(() -> directory(admin).contains("changed by hand"));
            // Over a connection from before the outage.
            assertThat(admin.call(tenant, "GET", "/numbers", "").status()).isEqualTo(200);
        }
    }

    private static void execute(String sql) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + RouterSurroundings.POSTGRES_PORT + "/postgres";
        try (Connection connection = DriverManager.getConnection(
                        url, RouterSurroundings.LOGINS.owner().user(), RouterSurroundings.LOGINS.owner().password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static String ready(Admin admin) {
        return body(admin, "/q/health/ready");
    }

    private static String directory(Admin admin) {
        return body(admin, "/directory");
    }

    private static String body(Admin admin, String path) {
        try {
            return admin.get(path, "application/json").body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
