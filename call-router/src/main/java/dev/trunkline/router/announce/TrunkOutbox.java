package dev.trunkline.router.announce;

import dev.trunkline.events.Topics;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The outbox of inbound trunks; a change of one of their rules is written there too. */
public final class TrunkOutbox extends Outbox<Trunk> {
    private static final long LOCK = 0x7472756E6B73L;

    private final SealedTrunkUsers seals;

    /** @param seals for the parts of a trunk that only edges may read */
    public TrunkOutbox(Transactions transactions, SealedTrunkUsers seals) {
        super(transactions, Tables.ofTrunks("trunk_outbox", "trunks"), LOCK);
        this.seals = seals;
    }

    @Override
    String topic() {
        return Topics.TRUNKS;
    }

    @Override
    List<Trunk> present(Connection connection, List<String> ids) throws SQLException {
        return DirectoryReader.trunksForEdge(connection, ids, seals);
    }

    @Override
    String id(Trunk trunk) {
        return trunk.id();
    }

    @Override
    String name(Trunk trunk) {
        return trunk.name();
    }
}
