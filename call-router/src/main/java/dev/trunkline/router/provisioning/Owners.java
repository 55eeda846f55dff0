package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/**
 * Whose an item of LiveKit's is: what its metadata says ({@code {"trunkline": {"organisation": "acme"}}}), else what stands before
 * the first slash of its name ({@code acme/orders}), else a setting.
 *
 * @param organisations that there are, by name
 * @param usual of items that say nothing
 */
record Owners(Set<String> organisations, Optional<String> usual) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_METADATA = 65_536;

    /** Either an organisation that there is, or a fact. */
    sealed interface Owner {
        record Of(String organisation) implements Owner {}

        record Unclear(Reason reason, String text) implements Owner {}
    }

    Owner of(LiveKitItem item) {
        Optional<String> said = ofMetadata(item.metadata()).or(() -> ofName(item.name()));
        if (said.or(() -> usual).isEmpty()) {
            return new Owner.Unclear(Reason.NO_ORGANISATION, "does not say whose it is: write {\"trunkline\": {\"organisation\": \"NAME\"}}"
                    + " into its metadata, or NAME/ before its name, or set TRUNKLINE_PROVISIONING_ORGANISATION");
        }
        String name = said.or(() -> usual).orElseThrow();
        return organisations.contains(name)
                ? new Owner.Of(name)
                : new Owner.Unclear(Reason.ORGANISATION_UNKNOWN, "is of the organisation %s, as its %s says, and there is none of that name"
                        .formatted(name, said.isEmpty() ? "setting" : ofMetadata(item.metadata()).isPresent() ? "metadata" : "name"));
    }

    /** Metadata is whatever its writer likes; only ours is read. */
    static Optional<String> ofMetadata(String metadata) {
        if (metadata.length() > LONGEST_METADATA || !metadata.contains("trunkline")) {
            return Optional.empty();
        }
        try {
            JsonNode organisation = JSON.readTree(metadata).path("trunkline").path("organisation");
            return Optional.of(organisation.asText("").strip()).filter(name -> organisation.isTextual() && !name.isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofName(String name) {
        int slash = name.indexOf('/');
        return slash > 0 ? Optional.of(name.substring(0, slash)) : Optional.empty();
    }
}
