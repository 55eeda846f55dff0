package dev.trunkline.cli.schemas;

import dev.trunkline.cli.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Where a schema registry is, and who we are to it.
 *
 * @param base ends in a slash
 * @param authorization value of the header, empty for none
 */
record RegistryAddress(URI base, Optional<String> authorization) {
    static final String USER = "TRUNKLINE_REGISTRY_USER";
    static final String PASSWORD = "TRUNKLINE_REGISTRY_PASSWORD";
    static final String TOKEN = "TRUNKLINE_REGISTRY_TOKEN";

    /** @throws UsageException if the URL is none, or the environment contradicts itself */
    static RegistryAddress of(String url, Map<String, String> environment) {
        return new RegistryAddress(base(url), authorization(environment));
    }

    private static URI base(String url) {
        URI base;
        try {
            base = new URI(url.endsWith("/") ? url : url + "/");
        } catch (URISyntaxException e) {
            throw new UsageException("URL must be an address such as http://127.0.0.1:8081, not " + url);
        }
        if (base.getRawUserInfo() != null) {
            throw new UsageException("URL must not have a password in it, which `ps` would show: set " + USER + " and " + PASSWORD);
        }
        boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new UsageException("URL must be an address such as http://127.0.0.1:8081, not " + url);
        }
        return base;
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        Optional<String> user = set(environment, USER);
        Optional<String> password = set(environment, PASSWORD);
        Optional<String> token = set(environment, TOKEN);
        if (user.isPresent() != password.isPresent()) {
            throw new UsageException(USER + " and " + PASSWORD + " must be set together");
        }
        if (user.isPresent() && token.isPresent()) {
            throw new UsageException("set either " + TOKEN + " or " + USER + " and " + PASSWORD);
        }
        return token.map(text -> "Bearer " + text).or(() -> user.map(name -> "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password.orElseThrow()).getBytes(StandardCharsets.UTF_8))));
    }

    private static Optional<String> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return base.toString();
    }
}
