package dev.trunkline.console.pages;

import dev.trunkline.console.desk.BrowserLiveKit;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** What a page may load and where it may connect: the console, and LiveKit if calls are answered in the browser. */
@ApplicationScoped
public class ContentPolicy {
    private static final int FIRST = 10_000;

    private final String policy;

    public ContentPolicy(Optional<BrowserLiveKit> liveKit) {
        this.policy = of(liveKit);
    }

    void filters(@Observes Filters filters) {
        filters.register(this::add, FIRST);
    }

    private void add(RoutingContext request) {
        request.response().putHeader("Content-Security-Policy", policy);
        request.next();
    }

    /** No part of a page comes from elsewhere, and there are no inline scripts. */
    static String of(Optional<BrowserLiveKit> liveKit) {
        return "default-src 'self'; "
                + liveKit.map(server -> "connect-src 'self' " + server.origin() + "; ").orElse("")
                + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'";
    }
}
