package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.store.FreshDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden, in Java and in Postgres, and what is restored. */
class HiddenTest {
    private static final String STORED = """
            {"organisations": [
               {"name": "bakery", "config": {"llm": {"api_key": "sk-1"}, "providers": [
                   {"name": "a", "key": "ka"}, {"name": "b", "key": "kb"}], "unnamed": [{"url": "x", "key": "k1"}, {"url": "y", "key": "k2"}]},
                "numbers": [{"phone_number": "+3225550100", "config_override": {"token": "t1"}}]},
               {"name": "florist", "config": {"llm": {"api_key": "sk-2"}}, "numbers": []}],
             "trunks": [{"name": "pbx", "users": [
                 {"username": "u", "realm": "r", "ha1_md5": "m1"}, {"username": "v", "realm": "r", "ha1_md5": "m2"}]}],
             "rules": [{"name": "shop", "pin": "1234", "url": "https://me:pw@hooks.example/x?token=abc&a=b", "secret": "s",
                 "agents": [{"name": "clerk", "metadata": "{\\"openai_key\\": \\"sk-3\\", \\"a\\": 1}"}]}]}
            """;

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    @ParameterizedTest
    @ValueSource(strings = {
        "secret", "client_secret", "webhookSecret", "password", "PASSWORD", "passwd", "passphrase", "api_key", "apiKey", "apikey",
        "OPENAI_API_KEY", "key", "keys", "private-key", "token", "access_token", "accessToken", "pin", "roomPin", "door_pin",
        "credentials", "authorization", "Authorisation", "ha1_md5", "ha1_sha256",
    })
    void aFieldOfThisNameIsASecret(String name) throws Exception {
        assertThat(both(name, "\"abc\"")).isEqualTo("\"***\"");
        assertThat(both(name, "1234")).isEqualTo("\"***\"");
        assertThat(both(name, "{\"user\": \"u\", \"more\": [1]}")).isEqualTo("\"***\"");
        assertThat(both("config", "{\"deep\":[{\"" + name + "\":\"abc\"}]}")).isEqualTo("{\"deep\":[{\"" + name + "\":\"***\"}]}");
        assertThat(both(name, "true")).isEqualTo("true");
        assertThat(both(name, "null")).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "label", "max_tokens", "keyboard", "monkey", "pinned", "opinion", "tokenizer", "keyword", "greeting", "ha1", "spin", "numbers",
    })
    void aFieldOfThisNameIsNone(String name) throws Exception {
        assertThat(both(name, "\"abc\"")).isEqualTo("\"abc\"");
        assertThat(both(name, "500")).isEqualTo("500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "https://me:pw@hooks.example/x               | https://me:***@hooks.example/x",
        "sip:desk:pw@pbx.example                      | sip:desk:***@pbx.example",
        "sip:desk@pbx.example:5070                    | sip:desk@pbx.example:5070",
        "https://a.example:8443/@me                   | https://a.example:8443/@me",
        "https://a.example/x?api_key=abc&room=1       | https://a.example/x?api_key=***&room=1",
        "https://a.example/x?a=b&Access_Token=abc#f   | https://a.example/x?a=b&Access_Token=***#f",
        "call me: ann@bakery.example                  | call me: ann@bakery.example",
    })
    void aUrlLosesWhatLetsSomebodyIn(String url, String shown) throws Exception {
        assertThat(both("url", "\"" + url + "\"")).isEqualTo("\"" + shown + "\"");
    }

    @Test
    void metadataThatIsJsonLosesItsSecretsAndOtherMetadataStaysAsItIs() throws Exception {
        assertThat(Hidden.in("metadata", json("\"{\\\"api_key\\\": \\\"x\\\", \\\"a\\\": 1}\"")).textValue())
                .isEqualTo("{\"api_key\":\"***\",\"a\":1}");
        for (String kept : new String[] {"{\"a\":  1}", "{no json", "plain"}) {
            assertThat(Hidden.in("metadata", EventJson.MAPPER.valueToTree(kept)).textValue()).isEqualTo(kept);
        }
    }

    @Test
    void whatWasHiddenIsPutBackAndTheRestIsAsTheFileSays() throws Exception {
        JsonNode stored = json(STORED);
        ObjectNode exported = Hidden.file((ObjectNode) stored);
        assertThat(exported.toString()).doesNotContain("sk-", "1234", "m1", "m2", "pw", "abc", "\"ka\"", "\"k1\"", "t1");
        assertThat(KeptSecrets.putBack(exported, stored)).isEqualTo(stored);

        String changed = exported.toString()
                .replace("{\"name\":\"a\",\"key\":\"***\"},", "")
                .replace("{\"username\":\"u\",\"realm\":\"r\",\"ha1_md5\":\"***\"},", "{\"username\":\"w\",\"realm\":\"r\",\"password\":\"new\"},")
                .replace("\"name\":\"shop\",\"pin\":\"***\"", "\"name\":\"shop\",\"pin\":\"77\"");

        assertThat(KeptSecrets.putBack(json(changed), stored).toString())
                .contains("{\"name\":\"b\",\"key\":\"kb\"}", "\"pin\":\"77\"", "\"password\":\"new\"},{\"username\":\"v\",\"realm\":\"r\",\"ha1_md5\":\"m2\"}")
                .doesNotContain("\"ka\"", "***");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // To another organisation, another item, or another position in a list.
        "\"name\":\"bakery\"                     | \"name\":\"grocer\"   | organisations[0].config.llm.api_key",
        "\"phone_number\":\"+3225550100\"        | \"phone_number\":\"+3225550101\" | organisations[0].numbers[0].config_override.token",
        "\"username\":\"u\"                      | \"username\":\"x\"    | trunks[0].users[0].ha1_md5",
        "\"name\":\"shop\"                       | \"name\":\"shop2\"    | rules[0].pin",
        "{\"url\":\"x\",\"key\"                  | {\"url\":\"z\",\"key\" | organisations[0].config.unnamed[0].key",
        "hooks.example                           | evil.example          | rules[0].url",
        "\\\"a\\\":1                             | \\\"a\\\":2           | rules[0].agents[0].metadata",
    })
    void nothingIsPutBackElsewhere(String before, String after, String path) throws Exception {
        JsonNode stored = json(STORED);
        String changed = Hidden.file((ObjectNode) stored).toString().replace(before.strip(), after.strip());

        FaultyFileException refused = catchThrowableOfType(
                FaultyFileException.class, () -> KeptSecrets.putBack(json(changed), stored));

        assertThat(refused.faults()).extracting(Fault::path).contains(path);
    }

    @Test
    void aNumberThatMovesTakesNoSecretAlong() throws Exception {
        JsonNode stored = json(STORED);
        JsonNode file = json("{\"organisations\": [{\"name\": \"florist\", \"numbers\": [{\"phone_number\": \"+3225550100\","
                + " \"config_override\": {\"token\": \"***\"}}]}]}");

        assertThat(catchThrowableOfType(FaultyFileException.class, () -> KeptSecrets.putBack(file, stored)).faults())
                .extracting(Fault::path)
                .containsExactly("organisations[0].numbers[0].config_override.token");
    }

    /** Returns what both Java and Postgres make of the value, after asserting that their results are the same. */
    private static String both(String name, String value) throws Exception {
        String java = Hidden.in(name, json(value)).toString();
        try (var connection = DATABASE.owner().getConnection();
                PreparedStatement statement = connection.prepareStatement("select hide_secrets(?, ?::jsonb, 0)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(json(row.getString(1))).as("%s: %s in Postgres", name, value).isEqualTo(json(java));
            }
        }
        return java;
    }

    private static JsonNode json(String text) throws Exception {
        return EventJson.MAPPER.readTree(text);
    }
}
