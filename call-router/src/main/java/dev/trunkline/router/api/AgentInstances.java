package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.store.Texts;
import dev.trunkline.router.store.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Reads and writes single agent instances of organisations. */
@Singleton
public class AgentInstances {
    private static final String USED = """
            select n.phone_number from numbers n
            join agent_instances a on a.id = n.agent_instance_id
            join organisations o on o.id = a.organisation_id
            where o.name = ? and a.name = ? order by 1""";
    private static final String DELETE = """
            delete from agent_instances a using organisations o
            where o.id = a.organisation_id and o.name = ? and a.name = ?""";

    private final Items items;
    private final Transactions transactions;
    private final CurrentDirectory directory;

    public AgentInstances(Items items, Transactions transactions, CurrentDirectory directory) {
        this.items = items;
        this.transactions = transactions;
        this.directory = directory;
    }

    /** @param organisation in the form of a directory file */
    static Stream<ObjectNode> of(ObjectNode organisation) {
        return organisation.path("agent_instances").valueStream().map(ObjectNode.class::cast);
    }

    /** @param organisation in the form of a directory file; its other fields stay unchanged */
    Written put(Principal caller, ObjectNode organisation, String name, ObjectNode instance)
            throws SQLException, FaultyFileException {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ObjectNode whole = organisation.deepCopy();
        whole.remove("numbers");
        whole.putArray("agent_instances").add(Items.named(name, instance));
        file.putArray("organisations").add(whole);
        return items.write(caller, file, "organisations[0].agent_instances[0].");
    }

    void remove(Principal caller, String organisation, String name) throws SQLException {
        transactions.<Boolean, RuntimeException>asOwner(caller.subject(), connection -> {
            List<String> used = Texts.of(connection, USED, organisation, name);
            if (!used.isEmpty()) {
                throw Refused.conflict("%s is used by %s: give them another instance first.".formatted(name, String.join(", ", used)));
            }
            try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
                statement.setString(1, organisation);
                statement.setString(2, name);
                if (statement.executeUpdate() == 0) {
                    throw Items.unknown("agent instances", name);
                }
            }
            return true;
        });
        directory.refresh();
    }
}
