package dev.trunkline.router.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A request for a token. */
@Schema(example = "{\"role\": \"tenant\", \"organisation\": \"demo\", \"lifetime_seconds\": 3600}")
public record TokenRequest(
        @Schema(required = true, enumeration = {"admin", "tenant"}) Optional<String> role,
        @Schema(description = "Name or id of the organisation; required for a tenant, and only for a tenant.")
        Optional<String> organisation,
        @Schema(description = "The token's subject, under which its actions are recorded; by default the role, or the organisation.")
        Optional<String> subject,
        @JsonProperty("lifetime_seconds")
        @Schema(description = "From 1 to the setting trunkline.auth.longest-lifetime; by default trunkline.auth.default-lifetime.")
        OptionalLong lifetimeSeconds) {}
