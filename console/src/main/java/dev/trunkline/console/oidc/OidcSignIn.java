package dev.trunkline.console.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.console.accounts.IdentityProvider;
import dev.trunkline.console.accounts.OrganisationIds;
import dev.trunkline.console.accounts.Sessions;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.OrganisationRef;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Signs people in by the authorisation code flow with PKCE (OpenID Connect Core 1.0, section 3.1).
 *
 * <pre>
 *   browser            console                provider
 *      |- begin ---------->|                      |
 *      |<- 303, cookie ----|                      |    state, nonce and verifier are in the cookie
 *      |- GET authorization_endpoint ------------>|    the person signs in there
 *      |<- 303 callback?code, state --------------|
 *      |- callback, cookie |                      |
 *      |                   |- code, verifier ---->|
 *      |                   |<- ID token ----------|
 *      |<- 303, session ---|                      |
 * </pre>
 */
public final class OidcSignIn implements IdentityProvider {
    private static final Logger LOG = Logger.getLogger(OidcSignIn.class);
    private static final int LONGEST = 4_096;
    private static final int LONGEST_ERROR = 64;

    private final Relying relying;
    private final Provider provider;
    private final IdTokens idTokens;
    private final Sessions sessions;
    private final OrganisationIds organisations;
    private final SecureRandom random;

    /** @param at where the browser goes next */
    record Begun(URI at, Pending pending) {}

    /** The parameters that the browser brought back. @param error and @param issuer if the provider sends them */
    record Answer(Optional<String> code, Optional<String> state, Optional<String> error, Optional<String> issuer) {}

    public OidcSignIn(
            Relying relying,
            HttpClient http,
            ObjectMapper json,
            Sessions sessions,
            OrganisationIds organisations,
            SecureRandom random,
            InstantSource clock) {
        this.relying = relying;
        this.provider = new Provider(relying, http, json, clock);
        this.idTokens = new IdTokens(relying, clock, json);
        this.sessions = sessions;
        this.organisations = organisations;
        this.random = random;
    }

    Relying relying() {
        return relying;
    }

    /** @param again whether the provider must ask for credentials even if it has a session: the person wants to sign in as somebody else */
    Begun begin(String to, boolean again) throws NotSignedIn {
        Pending pending = Pending.of(random, to);
        Map<String, String> query = new HashMap<>(Map.of(
                "response_type", "code", "client_id", relying.clientId(), "redirect_uri", relying.callback().toString(),
                "scope", relying.scopes(), "state", pending.state(), "nonce", pending.nonce(), "code_challenge", pending.challenge(),
                "code_challenge_method", "S256"));
        if (again) {
            query.put("prompt", "login");
        }
        return new Begun(with(provider.metadata().authorization(), query), pending);
    }

    private static URI with(URI endpoint, Map<String, String> query) {
        return URI.create(endpoint + (endpoint.getQuery() == null ? "?" : "&") + Provider.written(query));
    }

    /** @param pending from the browser's cookie */
    Sessions.Begun finish(Answer answer, Optional<Pending> pending) throws NotSignedIn {
        Pending asked = pending.filter(known -> answer.state().filter(known::isOf).isPresent())
                .orElseThrow(() -> new NotSignedIn(TurnedAway.STALE, "state and cookie do not match"));
        if (answer.issuer().filter(name -> !name.equals(relying.issuer().toString())).isPresent()) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the answer is from another issuer (RFC 9207)");
        }
        if (answer.error().isPresent()) {
            boolean theirs = answer.error().get().equals("access_denied");
            throw new NotSignedIn(
                    theirs ? TurnedAway.CANCELLED : TurnedAway.UNTRUSTED, "the provider reports " + code(answer.error().get()));
        }
        String code = answer.code().filter(text -> text.length() <= LONGEST)
                .orElseThrow(() -> new NotSignedIn(TurnedAway.UNTRUSTED, "the answer has no code"));
        Provider.Tokens tokens = provider.exchange(code, asked.verifier());
        JsonNode claims = complete(idTokens.claims(tokens.id(), asked.nonce(), provider::keys), tokens);
        return begin(relying.claims().person(claims), tokens.id());
    }

    /** Returns an error code (RFC 6749 section 4.1.2.1), made safe for a log line whatever the browser sent. */
    private static String code(String error) {
        return error.chars().limit(LONGEST_ERROR)
                .map(c -> c >= 'a' && c <= 'z' || c == '_' ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Many providers return roles only from their userinfo endpoint; an answer about another subject is rejected. */
    private JsonNode complete(JsonNode claims, Provider.Tokens tokens) throws NotSignedIn {
        if (relying.claims().hasRole(claims)) {
            return claims;
        }
        Optional<JsonNode> more = provider.userInfo(tokens);
        if (more.isEmpty()) {
            return claims;
        }
        if (!more.get().path("sub").asText().equals(claims.path("sub").asText())) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "userinfo is about another subject");
        }
        ObjectNode both = more.get().deepCopy();
        both.setAll((ObjectNode) claims);
        return both;
    }

    private Sessions.Begun begin(ClaimMapping.Person person, String idToken) throws NotSignedIn {
        Optional<OrganisationRef> organisation = Optional.empty();
        if (person.organisation().isPresent()) {
            organisation = Optional.of(organisation(person.organisation().get()));
        }
        try {
            Sessions.Begun begun = sessions.begin(new User(person.name(), person.role(), organisation), idToken);
            LOG.infof("a user signed in as %s through the identity provider", person.role().code());
            return begun;
        } catch (SQLException e) {
            throw new NotSignedIn(TurnedAway.UNAVAILABLE, "the database does not answer: SQLSTATE " + e.getSQLState());
        }
    }

    private OrganisationRef organisation(String name) throws NotSignedIn {
        try {
            return new OrganisationRef(organisations.idOf(name), name);
        } catch (Refused refused) {
            boolean away = refused.status().getStatusCode() == 503;
            throw new NotSignedIn(away ? TurnedAway.UNAVAILABLE : TurnedAway.UNKNOWN_ORGANISATION, refused.getMessage());
        }
    }

    @Override
    public boolean accountsToo() {
        return relying.accountsToo();
    }

    @Override
    public Optional<URI> signOutAt(String idToken) {
        try {
            return provider.metadata().endSession().map(place -> with(place, Map.of(
                    "id_token_hint", idToken, "client_id", relying.clientId(), "post_logout_redirect_uri", relying.signInPage().toString())));
        } catch (NotSignedIn away) {
            LOG.warnf("a user was signed out of the console but not at the identity provider: %s", away.getMessage());
            return Optional.empty();
        }
    }
}
