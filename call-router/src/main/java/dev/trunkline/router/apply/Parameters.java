package dev.trunkline.router.apply;

import dev.trunkline.router.directory.CallRate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sets the parameters of a statement one after another. */
final class Parameters {
    private final Connection connection;
    private final PreparedStatement statement;
    private int next = 1;

    Parameters(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    Parameters text(String value) throws SQLException {
        statement.setString(next++, value);
        return this;
    }

    Parameters text(Optional<String> value) throws SQLException {
        statement.setString(next++, value.orElse(null));
        return this;
    }

    Parameters texts(List<String> values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf("text", values.toArray()));
        return this;
    }

    Parameters bool(boolean value) throws SQLException {
        statement.setBoolean(next++, value);
        return this;
    }

    Parameters integer(int value) throws SQLException {
        statement.setInt(next++, value);
        return this;
    }

    Parameters integer(OptionalInt value) throws SQLException {
        if (value.isPresent()) {
            return integer(value.getAsInt());
        }
        statement.setNull(next++, Types.INTEGER);
        return this;
    }

    /** Sets two parameters: calls and window. */
    Parameters rate(Optional<CallRate> rate) throws SQLException {
        integer(rate.map(CallRate::calls).map(OptionalInt::of).orElse(OptionalInt.empty()));
        return integer(rate.map(CallRate::windowSeconds).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }
}
