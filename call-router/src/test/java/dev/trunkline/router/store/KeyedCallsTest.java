package dev.trunkline.router.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outbound calls that were requested under a key. */
class KeyedCallsTest {
    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final KeyedCalls calls = new KeyedCalls(transactions);
    private UUID bakery;

    @BeforeEach
    void bakery() throws Exception {
        bakery = transactions.asOwner(connection -> {
            try (Statement insert = connection.createStatement();
                    var row = insert.executeQuery("insert into organisations (name) values ('bakery " + UUID.randomUUID() + "') returning id")) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        });
    }

    private void execute(String sql) throws Exception {
        transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Test
    void aCallThatWasSaidIsKnownHoweverOftenItIsSaid() throws Exception {
        UUID call = UUID.randomUUID();
        assertThat(calls.said(call)).isFalse();

        calls.say(call, bakery);
        calls.say(call, bakery);

        assertThat(calls.said(call)).isTrue();
        assertThat(calls.said(UUID.randomUUID())).isFalse();
    }

    @Test
    void aCallIsForgottenAfterAWeekAndWithItsOrganisation() throws Exception {
        UUID old = UUID.randomUUID();
        UUID recent = UUID.randomUUID();
        calls.say(old, bakery);
        execute("update calls_out set said_at = now() - interval '8 days'");
        calls.say(recent, bakery);
        assertThat(calls.said(old)).isFalse();
        assertThat(calls.said(recent)).isTrue();

        execute("delete from organisations where id = '" + bakery + "'");
        assertThat(calls.said(recent)).isFalse();
    }
}
