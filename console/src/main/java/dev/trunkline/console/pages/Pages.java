package dev.trunkline.console.pages;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Every page has its own URL and the same file: the page determines from the URL what to show. */
@ApplicationScoped
public class Pages {
    private static final String INDEX = "/index.html";
    /** Order of the route: after the files, the API and health. */
    private static final int LAST = 100_000;

    void routes(@Observes Router router) {
        router.route().order(LAST).handler(Pages::page);
    }

    private static void page(RoutingContext request) {
        boolean read = request.request().method() == HttpMethod.GET || request.request().method() == HttpMethod.HEAD;
        if (read && isPage(request.normalizedPath())) {
            request.reroute(INDEX);
        } else {
            request.next();
        }
    }

    /** A path whose last segment has a dot is a file, which exists or does not. */
    static boolean isPage(String path) {
        boolean other = path.equals("/api") || path.startsWith("/api/") || path.equals("/q") || path.startsWith("/q/");
        return !other && path.indexOf('.', path.lastIndexOf('/')) < 0;
    }
}
