package dev.trunkline.router.auth;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.store.Transactions;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles the issuers whose tokens are accepted. */
public class AuthBeans {

    @Produces
    @Singleton
    IssuerKeys issuerKeys(Transactions transactions, Clock clock) {
        return new IssuerKeys(new IssuerKeyTable(transactions, new SecureRandom()), clock);
    }

    @Produces
    @Singleton
    TokenIssuer tokenIssuer(AuthSettings settings, IssuerKeys keys, Clock clock) {
        return new TokenIssuer(settings.builtInIssuer(), keys, clock);
    }

    @Produces
    @Singleton
    Organisations organisations(CurrentDirectory directory) {
        return idOrName -> directory.get().flatMap(now -> find(now, idOrName)).map(Organisation::ref);
    }

    private static Optional<Organisation> find(Directory directory, String idOrName) {
        return directory.organisation(idOrName).or(() -> directory.organisations().values().stream()
                .filter(organisation -> organisation.name().equals(idOrName))
                .findFirst());
    }

    @Produces
    @Singleton
    Authenticator authenticator(
            AdminToken adminToken, AuthSettings settings, IssuerKeys keys, Organisations organisations, Clock clock) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        if (settings.builtIn() && adminToken.isSet()) {
            issuers.add(new TrustedIssuer(
                    settings.builtInIssuer(), TokenIssuer.AUDIENCE, TokenClaims.BUILT_IN, new BuiltInKeys(keys)));
        }
        provider(settings).ifPresent(issuers::add);
        return new Authenticator(
                adminToken,
                new TokenReader(issuers, settings.clockSkew(), clock),
                organisations,
                adminToken.isSet() || !issuers.isEmpty());
    }

    /** Reports a provider that is only half configured at start, not at the first request. */
    void check(@Observes StartupEvent event, AuthSettings settings) {
        provider(settings);
    }

    static Optional<TrustedIssuer> provider(AuthSettings settings) {
        if (settings.issuer().isPresent() != settings.jwksUrl().isPresent()) {
            throw new IllegalStateException("TRUNKLINE_AUTH_ISSUER and TRUNKLINE_AUTH_JWKS_URL go together: set both, for an"
                    + " OpenID provider, or neither");
        }
        if (settings.issuer().filter(settings.builtInIssuer()::equals).isPresent() && settings.builtIn()) {
            throw new IllegalStateException("TRUNKLINE_AUTH_ISSUER has the name of the built-in issuer: set"
                    + " TRUNKLINE_AUTH_BUILT_IN=false or another TRUNKLINE_AUTH_BUILT_IN_ISSUER");
        }
        Optional<String> audience = settings.audience().filter(text -> !text.isBlank());
        if (settings.issuer().isPresent() && audience.isEmpty()) {
            throw new IllegalStateException("TRUNKLINE_AUTH_AUDIENCE is not set: write the name that the OpenID provider puts into"
                    + " aud of this suite's tokens (often the client id), so that tokens for other services are refused");
        }
        return settings.issuer().map(name -> new TrustedIssuer(
                name,
                audience.orElseThrow(),
                new TokenClaims(
                        settings.roleClaim(), settings.organisationClaim(), settings.adminRole(), settings.tenantRole()),
                new ProviderKeys(settings.jwksUrl().orElseThrow())));
    }
}
