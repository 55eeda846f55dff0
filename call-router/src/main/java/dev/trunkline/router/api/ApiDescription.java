package dev.trunkline.router.api;

import dev.trunkline.router.problem.Problem;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The OpenAPI document's description of the API as a whole. */
@OpenAPIDefinition(
        info = @Info(
                title = "Trunkline",
                version = "1",
                description = """
                        Which organisation has which number, where calls come from, and where they go.

                        An **admin** sees and does everything. A **tenant** sees what belongs to its organisation and configures \
                        its own numbers; everything else does not exist for it.

                        A request that is not fulfilled is answered with a problem (RFC 9457) whose `detail` says what to do. \
                        While Postgres is unavailable, requests that need it are answered with 503, and calls continue."""),
        components = @Components(
                schemas = @Schema(name = "Problem", implementation = Problem.class),
                responses = {
                    @APIResponse(
                            name = "Malformed",
                            description = "The request is invalid; `faults` names the fields. Nothing was done.",
                            content = @Content(
                                    mediaType = Problem.MEDIA_TYPE,
                                    schema = @Schema(ref = "Problem"),
                                    examples = @ExampleObject(name = "faults", value = ApiDescription.MALFORMED))),
                    @APIResponse(
                            name = "Unauthorised",
                            description = "There is no token, or it is rejected: wrong, expired, or from an issuer that is not trusted.",
                            content = @Content(
                                    mediaType = Problem.MEDIA_TYPE,
                                    schema = @Schema(ref = "Problem"),
                                    examples = @ExampleObject(name = "expired", value = ApiDescription.UNAUTHORISED))),
                    @APIResponse(
                            name = "Forbidden",
                            description = "The token is valid, but its role may not do this.",
                            content = @Content(
                                    mediaType = Problem.MEDIA_TYPE,
                                    schema = @Schema(ref = "Problem"),
                                    examples = @ExampleObject(name = "tenant", value = ApiDescription.FORBIDDEN))),
                    @APIResponse(
                            name = "Unknown",
                            description = "The item does not exist, or it does not belong to the tenant.",
                            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem"))),
                    @APIResponse(
                            name = "Conflict",
                            description = "The request conflicts with something else, which `detail` names. Nothing was done.",
                            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem"))),
                    @APIResponse(
                            name = "Unavailable",
                            description = "Postgres (or the OpenID provider) does not answer. Calls continue. Try again.",
                            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem"))),
                }))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "The admin token (TRUNKLINE_ADMIN_TOKEN), or a JSON Web Token from the OpenID provider or POST"
                + " /auth/token, with the role admin or tenant.")
public class ApiDescription extends Application {
    static final String MALFORMED =
            "{\"title\": \"Bad Request\", \"status\": 400, \"detail\": \"Nothing was applied. rules[0].trunks: write the names of"
                    + " the trunks\", \"faults\": [{\"path\": \"rules[0].trunks\", \"problem\": \"write the names of the trunks\"}]}";
    static final String UNAUTHORISED =
            "{\"title\": \"Unauthorized\", \"status\": 401, \"detail\": \"The token expired at 2026-01-01T12:00:00Z: ask for a new"
                    + " one.\", \"faults\": []}";
    static final String FORBIDDEN =
            "{\"title\": \"Forbidden\", \"status\": 403, \"detail\": \"This is for admins only: the token has the role tenant.\","
                    + " \"faults\": []}";
}
