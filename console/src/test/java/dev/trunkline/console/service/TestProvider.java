package dev.trunkline.console.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;

/** An identity provider that also returns answers that none should return; the system tests use a correct one. */
final class TestProvider implements AutoCloseable {
    static final String CLIENT = "the console";
    static final String SECRET = "a secret: with/signs";

    private final HttpServer server;
    private final String issuer;
    private final Map<String, Granted> codes = new ConcurrentHashMap<>();
    private volatile RsaJsonWebKey key;
    private volatile String userInfo = "";

    private record Granted(String challenge, String idToken) {}

    TestProvider(int port) throws Exception {
        issuer = "http://127.0.0.1:" + port;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", this::answer);
        server.start();
        newKey();
    }

    void newKey() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(UUID.randomUUID().toString());
    }

    void userInfo(String claims) {
        userInfo = claims;
    }

    RsaJsonWebKey key() {
        return key;
    }

    static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(text.split("&")).map(pair -> pair.split("=", 2)).forEach(pair ->
                query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    /** Signs somebody in. @return a code for a token that has these claims in addition to the required ones */
    String grant(Map<String, String> asked, Map<String, Object> claims, UnaryOperator<JsonWebSignature> signing) throws Exception {
        ObjectNode all = EventJson.MAPPER.createObjectNode()
                .put("iss", issuer).put("aud", CLIENT).put("sub", "subject-1").put("nonce", asked.get("nonce"))
                .put("iat", Instant.now().getEpochSecond()).put("exp", Instant.now().plusSeconds(60).getEpochSecond());
        claims.forEach((name, value) -> all.set(name, EventJson.MAPPER.valueToTree(value)));
        var token = new JsonWebSignature();
        token.setPayload(all.toString());
        token.setAlgorithmHeaderValue("RS256");
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(key.getKeyId());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Granted(asked.get("code_challenge"), signing.apply(token).getCompactSerialization()));
        return code;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String said = switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
                     "userinfo_endpoint": "%1$s/me", "end_session_endpoint": "%1$s/end"}""".formatted(issuer);
            case "/keys" -> "{\"keys\": [" + key.toJson() + "]}";
            case "/me" -> userInfo;
            case "/token" -> tokens(query(body), exchange.getRequestHeaders().getFirst("Authorization"));
            default -> "";
        };
        byte[] octets = said.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.isEmpty() ? 400 : 200, octets.length == 0 ? -1 : octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private String tokens(Map<String, String> form, String authorization) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(
                "the+console:a+secret%3A+with%2Fsigns".getBytes(StandardCharsets.UTF_8));
        Granted granted = codes.remove(form.get("code"));
        boolean right = granted != null && basic.equals(authorization) && challenge(form.get("code_verifier")).equals(granted.challenge());
        return right ? "{\"access_token\": \"access\", \"token_type\": \"Bearer\", \"id_token\": \"" + granted.idToken() + "\"}" : "";
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    URI issuer() {
        return URI.create(issuer);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
