package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.store.Texts;
import dev.trunkline.router.store.Transactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

/** Which items a requester may see. For a tenant Postgres decides, by the policies that apply to its transactions. */
@Singleton
public class TenantView {
    private final Transactions transactions;

    public TenantView(Transactions transactions) {
        this.transactions = transactions;
    }

    Predicate<String> organisations(Principal caller) throws SQLException {
        return names(caller, "select name from organisations");
    }

    Predicate<String> rules(Principal caller) throws SQLException {
        return names(caller, "select name from rules");
    }

    /** Returns an item as the requester may see it: a tenant does not see the secrets with which webhook requests are signed. */
    static ObjectNode shown(Principal caller, ObjectNode item) {
        if (caller instanceof Principal.Tenant) {
            dropSecrets(item);
        }
        return item;
    }

    private static void dropSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("secret");
        }
        node.forEach(TenantView::dropSecrets);
    }

    private Predicate<String> names(Principal caller, String query) throws SQLException {
        return switch (caller) {
            case Principal.Admin admin -> name -> true;
            case Principal.Tenant tenant -> visible(tenant, query)::contains;
        };
    }

    private Set<String> visible(Principal.Tenant tenant, String query) throws SQLException {
        return transactions.<Set<String>, RuntimeException>asTenant(
                tenant.organisation(), connection -> Set.copyOf(Texts.of(connection, query)));
    }
}
