package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;

/**
 * Determines the organisation of an item of LiveKit's: the one in its metadata
 * ({@code {"trunkline": {"organisation": "acme"}}}), else the part of its name before the first slash
 * ({@code acme/orders}), else a setting.
 *
 * @param organisations the existing ones, by name
 * @param usual of items that name none
 */
record Owners(Set<String> organisations, Optional<String> usual) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_METADATA = 65_536;

    /** Either an existing organisation, or a fact. */
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

    /** Metadata has any form that its author likes; only Trunkline's part is read. */
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
