package dev.trunkline.router.announce;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.Topics;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.router.snapshot.OutboundRows;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The outbox of outbound trunks. */
public final class OutboundOutbox extends Outbox<OutboundTrunk> {
    private static final long LOCK = 0x6F7574626F756EL;

    private final SealedTrunkAccounts seals;

    /** @param seals for the parts of a trunk that only edges may read */
    public OutboundOutbox(Transactions transactions, SealedTrunkAccounts seals) {
        super(transactions, Tables.ofTrunks("outbound_trunk_outbox", "outbound_trunks"), LOCK);
        this.seals = seals;
    }

    @Override
    String topic() {
        return Topics.OUTBOUND_TRUNKS;
    }

    @Override
    List<OutboundTrunk> present(Connection connection, List<String> ids) throws SQLException {
        return OutboundRows.forEdge(connection, ids, seals);
    }

    @Override
    String id(OutboundTrunk trunk) {
        return trunk.id();
    }

    @Override
    String name(OutboundTrunk trunk) {
        return trunk.name();
    }
}
