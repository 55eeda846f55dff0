package dev.trunkline.router.auth;

import dev.trunkline.events.OrganisationRef;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;

/** The built-in issuer of tokens, and the owner of a token. */
@Path("/auth")
@Tag(name = "Tokens", description = "Authentication and roles. In production an OpenID provider issues the tokens (settings"
        + " trunkline.auth.*); the built-in issuer does so if there is none.")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private static final Logger LOG = Logger.getLogger(AuthResource.class);

    private final AuthSettings settings;
    private final Authenticator authenticator;
    private final TokenIssuer issuer;
    private final IssuerKeys keys;
    private final Organisations organisations;
    private final CurrentPrincipal caller;

    public AuthResource(
            AuthSettings settings,
            Authenticator authenticator,
            TokenIssuer issuer,
            IssuerKeys keys,
            Organisations organisations,
            CurrentPrincipal caller) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.issuer = issuer;
        this.keys = keys;
        this.organisations = organisations;
        this.caller = caller;
    }

    @POST
    @Path("/token")
    @AdminOnly
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Issue a token",
            description = "For an admin, or for a tenant of one organisation. Needs the admin token itself"
                    + " (TRUNKLINE_ADMIN_TOKEN): an issued token cannot issue others.")
    @SecurityRequirement(name = "token")
    @APIResponse(responseCode = "200", description = "The token, and its lifetime in seconds.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "401", ref = "Unauthorised")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public IssuedToken token(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, TokenRequest request)
            throws SQLException {
        if (!settings.builtIn()) {
            throw Refused.forbidden("The built-in issuer is off (trunkline.auth.built-in): ask the OpenID provider for a token.");
        }
        if (!authenticator.hasAdminToken(Optional.ofNullable(authorization))) {
            throw Refused.forbidden("Only the admin token itself (TRUNKLINE_ADMIN_TOKEN) can issue tokens, not an issued one.");
        }
        Principal holder = holder(Optional.ofNullable(request)
                .orElseThrow(() -> Refused.malformed("Write {\"role\": \"tenant\", \"organisation\": \"demo\"}.")));
        Duration lifetime = lifetime(request);
        String token = issuer.issue(holder, lifetime);
        LOG.infof("token issued: %s, for %s", holder, lifetime);
        return new IssuedToken(token, "Bearer", lifetime.toSeconds());
    }

    private Principal holder(TokenRequest request) {
        String role = request.role().orElse("");
        Optional<String> named = request.organisation().filter(name -> !name.isBlank());
        Optional<String> subject = request.subject().filter(text -> !text.isBlank());
        return switch (role) {
            case "admin" -> {
                if (named.isPresent()) {
                    throw Refused.malformed("An admin belongs to no organisation: leave organisation out, or ask for the role tenant.");
                }
                yield new Principal.Admin(subject.orElse("admin"));
            }
            case "tenant" -> {
                OrganisationRef organisation = named.flatMap(organisations::find).orElseThrow(() -> Refused.malformed(
                        named.map(name -> "There is no organisation " + name + ".")
                                .orElse("A tenant belongs to an organisation: write its name or id as organisation.")));
                yield new Principal.Tenant(
                        subject.orElse(organisation.name()), UUID.fromString(organisation.id()), organisation.name());
            }
            default -> throw Refused.malformed("Write the role, admin or tenant: {\"role\": \"tenant\", \"organisation\": \"demo\"}.");
        };
    }

    private Duration lifetime(TokenRequest request) {
        long longest = settings.longestLifetime().toSeconds();
        long seconds = request.lifetimeSeconds().orElse(settings.defaultLifetime().toSeconds());
        if (seconds < 1 || seconds > longest) {
            throw Refused.malformed("Write lifetime_seconds from 1 to %d.".formatted(longest));
        }
        return Duration.ofSeconds(seconds);
    }

    @GET
    @Path("/jwks")
    @Operation(
            summary = "The public keys of the built-in issuer",
            description = "A JSON Web Key Set (RFC 7517) to verify its tokens. Public, without a token.")
    @APIResponse(responseCode = "200", description = "The keys whose tokens are accepted now.")
    @APIResponse(responseCode = "404", description = "The built-in issuer is off.")
    @APIResponse(responseCode = "503", ref = "Unavailable")
    public Response jwks() throws SQLException {
        if (!settings.builtIn()) {
            return Problem.response(Response.Status.NOT_FOUND, "The built-in issuer is off (trunkline.auth.built-in).");
        }
        List<Map<String, Object>> publicKeys = keys.all().stream()
                .map(key -> key.jwk().toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList();
        return Response.ok(Map.of("keys", publicKeys)).build();
    }

    @GET
    @Path("/me")
    @Authenticated
    @Operation(summary = "Identify the token", description = "Subject, role and organisation of the token that is sent.")
    @SecurityRequirement(name = "token")
    @APIResponse(responseCode = "200", description = "The sender of this request.")
    @APIResponse(responseCode = "401", ref = "Unauthorised")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    public WhoAmI me() {
        return WhoAmI.of(caller.get());
    }
}
