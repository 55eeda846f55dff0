package dev.trunkline.router.announce;

import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundRecord;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The outbox of the sounds that are played to callers. */
public final class SoundOutbox extends Outbox<SoundRecord> {
    private static final long LOCK = 0x736F756E6473L;
    /** A sound may have most of a megabyte, and all sounds of a batch are in memory at the same time. */
    private static final int BATCH = 8;

    public SoundOutbox(Transactions transactions) {
        super(transactions, new Tables("sound_outbox", "sound_key", "text", "select sound_key(s) from sounds s", BATCH), LOCK);
    }

    @Override
    String topic() {
        return Topics.SOUNDS;
    }

    @Override
    List<SoundRecord> present(Connection connection, List<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select coalesce(organisation_id::text, '') as owner, name, language, is_default, content_type, sha256, file
                from sounds s where sound_key(s) = any (?)""")) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            List<SoundRecord> present = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    present.add(new SoundRecord(
                            new SoundKey(row.getString("owner"), row.getString("name"), row.getString("language")), row.getBoolean("is_default"),
                            row.getString("content_type"), row.getString("sha256"), row.getBytes("file")));
                }
            }
            return present;
        }
    }

    @Override
    String id(SoundRecord sound) {
        return sound.key().text();
    }

    @Override
    String name(SoundRecord sound) {
        return sound.key().name();
    }

    @Override
    String noun() {
        return "sound";
    }

    @Override
    boolean isId(String key) {
        return SoundKey.parse(key).isPresent();
    }

    @Override
    ProducerRecord<String, byte[]> record(SoundRecord sound) {
        return SoundRecords.encode(sound);
    }
}
