package dev.trunkline.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Rejects a change that breaks a reader of the published contract. {@code mvn test -Dcontract.lock=write} publishes
 * additions, which protects them too; it does not publish a breaking change.
 */
class ContractLockTest {
    private static final Path LOCK = Path.of("src/test/resources/contract/v1.lock.json");
    private final ContractLock current = ContractLock.of(AsyncApi.read());

    @Test
    void thePublishedContractStillHolds() throws IOException {
        ContractLock published = Files.exists(LOCK)
                ? ContractLock.parse(EventJson.MAPPER.readTree(LOCK.toFile()))
                : new ContractLock(current.messages(), current.schemas(), current.enums());
        assertThat(published.brokenBy(current))
                .as("changes that break a reader of the contract in " + LOCK)
                .isEmpty();
        if ("write".equals(System.getProperty("contract.lock"))) {
            Files.writeString(LOCK, EventJson.MAPPER.writer(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(current) + "\n");
        }
    }

    @Test
    void theLockFileIsThere() {
        assertThat(LOCK).as("the published contract; make it with -Dcontract.lock=write").exists();
    }

    @Test
    void aFieldThatGoesIsRefused() {
        assertBroken(api -> schema(api, "CallEnded").withObject("/properties").remove("detail"),
                "CallEnded.detail is gone. Keep it");
    }

    @Test
    void aTypeThatChangesIsRefused() {
        assertBroken(api -> schema(api, "CallRejected").withObject("/properties/status").put("type", "string"),
                "CallRejected.status was integer:int32 and is string:int32. Keep its type");
    }

    @Test
    void anOptionalFieldThatBecomesRequiredIsRefused() {
        assertBroken(api -> ((ArrayNode) schema(api, "CallEnded").get("required")).add("media"),
                "CallEnded.media was optional and is required");
    }

    @Test
    void aRequiredFieldThatBecomesOptionalIsRefused() {
        assertBroken(api -> schema(api, "CallHeld").remove("required"), "CallHeld.callId was required and is optional");
    }

    @Test
    void anEnumValueThatGoesIsRefused() {
        assertBroken(api -> ((ArrayNode) schema(api, "EndReason").get("enum")).remove(0),
                "EndReason has lost the value caller-hung-up. Keep it");
    }

    @Test
    void aMessageThatGoesIsRefused() {
        assertBroken(api -> api.withObject("/components/messages").remove("CallHeld"),
                "dev.trunkline.call.held.v1 is gone or has other data. Keep it");
    }

    @Test
    void aNewRequiredFieldIsRefused() {
        assertBroken(
                api -> {
                    schema(api, "CallHeld").withObject("/properties/addedLater").put("type", "string");
                    ((ArrayNode) schema(api, "CallHeld").get("required")).add("addedLater");
                },
                "CallHeld.addedLater is new and required");
    }

    @Test
    void whatIsAddedIsFine() {
        assertThat(current.brokenBy(changed(api -> {
                    schema(api, "CallHeld").withObject("/properties/addedLater").put("type", "string");
                    ((ArrayNode) schema(api, "EndReason").get("enum")).add("transferred");
                    api.withObject("/components/schemas/CallForwarded/properties/target").put("type", "string");
                    api.withObject("/components/messages/CallForwarded")
                            .put("name", "dev.trunkline.call.forwarded.v1")
                            .withObject("/payload")
                            .put("$ref", "#/components/schemas/CallForwarded");
                })))
                .isEmpty();
    }

    private void assertBroken(Consumer<ObjectNode> change, String message) {
        assertThat(current.brokenBy(changed(change))).singleElement().asString().startsWith(message);
    }

    private static ContractLock changed(Consumer<ObjectNode> change) {
        ObjectNode document = AsyncApi.read().document().deepCopy();
        change.accept(document);
        return ContractLock.of(new AsyncApi(document));
    }

    private static ObjectNode schema(ObjectNode api, String name) {
        return (ObjectNode) api.at("/components/schemas/" + name);
    }
}
