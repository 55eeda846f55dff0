package dev.trunkline.router.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.router.directory.AgentInstance;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.DigestUser;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.directory.SoundTable;
import dev.trunkline.router.rules.AnnouncementForm;
import dev.trunkline.router.rules.RuleDefinitions;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Converts the rows that {@link DirectoryReader} selects to the directory's records. */
final class Rows {
    private Rows() {}

    static Organisation organisation(ResultSet row) throws SQLException {
        return new Organisation(
                row.getString("id"),
                row.getString("name"),
                object(row, "config"),
                optionalInt(row, "max_concurrent_calls"),
                rate(row));
    }

    static AgentInstance agentInstance(ResultSet row) throws SQLException {
        return new AgentInstance(
                row.getString("id"), row.getString("organisation_id"), row.getString("name"), object(row, "config"));
    }

    static PhoneNumber number(ResultSet row) throws SQLException {
        return new PhoneNumber(
                row.getString("phone_number"),
                row.getString("organisation_id"),
                row.getBoolean("active"),
                row.getString("label"),
                Optional.ofNullable(row.getString("agent_instance_id")),
                object(row, "config_override"),
                row.getInt("max_concurrent_calls"),
                rate(row),
                Optional.ofNullable(row.getString("announcement")).map(text -> AnnouncementForm.parse(json(text, "announcement"))),
                moment(row));
    }

    static SoundTable.Entry sound(ResultSet row) throws SQLException {
        return new SoundTable.Entry(
                new SoundKey(row.getString("owner"), row.getString("name"), row.getString("language")), row.getBoolean("is_default"));
    }

    static InboundTrunk trunk(ResultSet row) throws SQLException {
        return new InboundTrunk(
                row.getString("id"),
                row.getString("name"),
                texts(row, "addresses"),
                Optional.ofNullable(row.getString("country")),
                texts(row, "headers_to_room"),
                texts(row, "numbers"),
                texts(row, "allowed_numbers"),
                texts(row, "international_prefixes"),
                texts(row, "national_prefixes"),
                texts(row, "called_from"),
                texts(row, "caller_from"),
                texts(row, "transports"),
                texts(row, "codecs"),
                json(row, "digest_users").valueStream().map(Rows::digestUser).toList(),
                optionalInt(row, "max_invites_per_second"),
                optionalInt(row, "max_early_calls"),
                mediaFrom(row.getString("media_from")),
                row.getBoolean("trial_calls"),
                Optional.ofNullable(row.getString("transfer_way")).map(Rows::transferWay),
                pairs(json(row, "attributes_to_headers")));
    }

    private static Map<String, String> pairs(JsonNode object) {
        return object.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, pair -> pair.getValue().asText()));
    }

    private static TransferWay transferWay(String code) {
        return Arrays.stream(TransferWay.values()).filter(known -> known.code().equals(code)).findFirst()
                .orElseThrow(() -> new IllegalStateException("a trunk has transfer_way " + code));
    }

    private static MediaFrom mediaFrom(String code) {
        return Arrays.stream(MediaFrom.values()).filter(known -> known.code().equals(code)).findFirst()
                .orElseThrow(() -> new IllegalStateException("a trunk has media_from " + code));
    }

    static DispatchRule rule(ResultSet row) throws SQLException {
        return new DispatchRule(
                row.getString("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("organisation_id")),
                texts(row, "trunk_ids"),
                terms(row),
                row.getInt("priority"),
                moment(row));
    }

    private static RuleTerms terms(ResultSet row) throws SQLException {
        try {
            return RuleDefinitions.readTerms(object(row, "definition"));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "rule " + row.getString("name") + " is not one that this version can read: " + e.getMessage());
        }
    }

    private static DigestUser digestUser(JsonNode user) {
        return new DigestUser(
                user.path("username").asText(),
                user.path("realm").asText(),
                Optional.ofNullable(user.get("ha1_md5")).map(JsonNode::asText),
                Optional.ofNullable(user.get("ha1_sha256")).map(JsonNode::asText));
    }

    private static ObjectNode object(ResultSet row, String column) throws SQLException {
        return (ObjectNode) json(row, column);
    }

    private static JsonNode json(ResultSet row, String column) throws SQLException {
        return json(row.getString(column), column);
    }

    private static JsonNode json(String text, String column) {
        try {
            return EventJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("column " + column + " of Postgres is not JSON", e);
        }
    }

    private static Instant moment(ResultSet row) throws SQLException {
        return row.getObject("created_at", OffsetDateTime.class).toInstant();
    }

    private static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Optional<CallRate> rate(ResultSet row) throws SQLException {
        int calls = row.getInt("caller_rate_calls");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new CallRate(calls, row.getInt("caller_rate_window_seconds")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
