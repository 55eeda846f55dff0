package dev.trunkline.console;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Describes the API as a whole in the OpenAPI document. */
@OpenAPIDefinition(
        info = @Info(
                title = "Trunkline console",
                version = "1",
                description = """
                        Numbers, live calls, history, traces and analytics for people.

                        Sign in with POST /api/v1/session, or through an identity provider (GET /api/v1/session/oidc/begin). An \
                        **admin** may do everything; a **tenant** what its organisation may; a **desk** sees live calls and \
                        history of its organisation and writes notes; **support** reads and changes nothing. Whatever belongs to \
                        another organisation is answered with 404.

                        A program sends a key (POST /api/v1/keys) as `Authorization: Bearer tlk_…` instead of the cookie, has the rights \
                        of the key's role and organisation, and sends no X-CSRF-Token. Too many requests are answered with 429 and \
                        Retry-After.

                        A request that fails is answered with a problem (RFC 9457) whose `detail` says what to do."""))
@SecurityScheme(
        securitySchemeName = "session",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        apiKeyName = "trunkline_session",
        description = "Set by POST /api/v1/session. Requests that change something also send the header X-CSRF-Token.")
@SecurityScheme(
        securitySchemeName = "key",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "An API key, created with POST /api/v1/keys or on the page API keys.")
public class ApiDescription extends Application {}
