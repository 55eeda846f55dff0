package dev.trunkline.router.routing;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A webhook's URL for people: without any credentials in it. */
public final class ShownUrl {
    private ShownUrl() {}

    /** @return scheme, host, port and path; of the query only the names */
    public static String of(URI url) {
        return key(url)
                + Optional.ofNullable(url.getRawQuery())
                        .map(query -> Arrays.stream(query.split("&"))
                                .map(part -> part.replaceFirst("=.*", "") + "=…")
                                .collect(Collectors.joining("&", "?", "")))
                        .orElse("");
    }

    /** Returns scheme, host, port and path: the key of its circuit breaker. */
    public static String key(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = Optional.ofNullable(url.getRawPath()).orElse("");
        return lower(url.getScheme()) + "://" + lower(url.getHost()) + port + path;
    }

    private static String lower(String part) {
        return Optional.ofNullable(part).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Returns whether a webhook can be asked at this URL: http or https, with a host. */
    public static boolean isWeb(URI url) {
        return url.getHost() != null
                && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
    }
}
