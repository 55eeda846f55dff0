package dev.trunkline.console.many;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows for {@code copy … with (format binary)}, as described in the chapter on COPY of Postgres' manual: a field is its length followed
 * by its octets, and the length of null is -1. Not thread-safe.
 */
final class CopyRows {
    private static final int CHUNK = 1 << 18;
    private static final int LONGEST_ROW = 1 << 16;
    private static final byte[] HEAD = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final long EPOCH_MICROS = 946_684_800_000_000L;
    private static final int INT8 = 20;

    private final CopyIn copy;
    private final int columns;
    private byte[] octets = new byte[CHUNK + LONGEST_ROW];
    private int size;
    private long rows;

    CopyRows(Connection connection, String table, String columns) throws SQLException {
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("copy %s (%s) from stdin with (format binary, freeze)".formatted(table, columns));
        this.columns = columns.split(",").length;
        raw(HEAD);
    }

    void row() throws SQLException {
        if (size >= CHUNK) {
            copy.writeToCopy(octets, 0, size);
            size = 0;
        }
        rows++;
        number(columns, 2);
    }

    void none() {
        number(-1, 4);
    }

    void text(String text) {
        field(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes octets that already are text. */
    void field(byte[] text) {
        number(text.length, 4);
        raw(text);
    }

    /** Writes a value of a bigint column. */
    void eight(long value) {
        number(8, 4);
        number(value, 8);
    }

    /** Writes a value of an int or date column. */
    void four(long value) {
        number(4, 4);
        number(value, 4);
    }

    void real(double value) {
        eight(Double.doubleToLongBits(value));
    }

    /** @param micros microseconds since 1970 */
    void time(long micros) {
        eight(micros - EPOCH_MICROS);
    }

    void id(UUID id) {
        number(16, 4);
        number(id.getMostSignificantBits(), 8);
        number(id.getLeastSignificantBits(), 8);
    }

    void eights(long[] values) {
        number(values.length == 0 ? 12 : 20 + 12L * values.length, 4);
        number(values.length == 0 ? 0 : 1, 4);
        number(0, 4);
        number(INT8, 4);
        if (values.length > 0) {
            number(values.length, 4);
            number(1, 4);
            for (long value : values) {
                eight(value);
            }
        }
    }

    private void raw(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, octets, size, some.length);
        size += some.length;
    }

    private void number(long value, int length) {
        room(length);
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            octets[size++] = (byte) (value >>> shift);
        }
    }

    private void room(int length) {
        if (size + length > octets.length) {
            octets = Arrays.copyOf(octets, octets.length * 2);
        }
    }

    long rows() {
        return rows;
    }

    void end() throws SQLException {
        number(-1, 2);
        copy.writeToCopy(octets, 0, size);
        copy.endCopy();
    }
}
