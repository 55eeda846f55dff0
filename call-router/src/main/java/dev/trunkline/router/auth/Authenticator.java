package dev.trunkline.router.auth;

import dev.trunkline.events.OrganisationRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Authenticates a request by its {@code Authorization} header (RFC 6750). */
public final class Authenticator {
    private static final String SCHEME = "Bearer ";

    private final AdminToken adminToken;
    private final TokenReader tokens;
    private final Organisations organisations;
    private final boolean open;

    /** @param open false if nobody can have a token, because the settings name neither a secret nor a provider */
    Authenticator(AdminToken adminToken, TokenReader tokens, Organisations organisations, boolean open) {
        this.adminToken = adminToken;
        this.tokens = tokens;
        this.organisations = organisations;
        this.open = open;
    }

    Principal caller(Optional<String> authorization) throws Denied {
        if (!open) {
            throw Denied.forbidden("The API is off: start the router with TRUNKLINE_ADMIN_TOKEN, or name an OpenID"
                    + " provider with TRUNKLINE_AUTH_ISSUER and TRUNKLINE_AUTH_JWKS_URL.");
        }
        String token = authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Denied.unknown(
                        "Send a token: Authorization: Bearer <TRUNKLINE_ADMIN_TOKEN or a JSON Web Token>."));
        return adminToken.is(token) ? new Principal.Admin("admin") : caller(tokens.read(token));
    }

    /** Returns true if the request has the admin token itself, not an issued token. */
    boolean hasAdminToken(Optional<String> authorization) {
        return authorization
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .filter(adminToken::is)
                .isPresent();
    }

    private Principal caller(TokenReader.Proved proved) throws Denied {
        TokenClaims claims = proved.issuer().claims();
        List<String> roles = claims.roles(proved.claims());
        if (roles.contains(claims.adminRole())) {
            return new Principal.Admin(proved.subject());
        }
        if (!roles.contains(claims.tenantRole())) {
            throw Denied.forbidden("The token has neither the role %s nor %s in its claim %s."
                    .formatted(claims.adminRole(), claims.tenantRole(), claims.roleClaim()));
        }
        String name = claims.organisation(proved.claims())
                .orElseThrow(() -> Denied.forbidden("The token has the role %s but names no organisation in its claim %s."
                        .formatted(claims.tenantRole(), claims.organisationClaim())));
        OrganisationRef organisation = organisations.find(name)
                .orElseThrow(() -> Denied.forbidden("The token belongs to an organisation that does not exist here."));
        return new Principal.Tenant(proved.subject(), UUID.fromString(organisation.id()), organisation.name());
    }
}
