package dev.trunkline.router.webhook.http;

import dev.trunkline.router.routing.ShownUrl;
import dev.trunkline.router.webhook.AddressGuard;
import dev.trunkline.router.webhook.AskFailure;
import dev.trunkline.router.webhook.AskFailure.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves a URL's host once for all tries, and keeps the addresses that may be reached. */
final class CheckedAddresses {
    private final Names names;
    private final AddressGuard guard;
    private final ExecutorService threads;

    /** @param threads resolve names, because no resolver has a timeout of its own */
    CheckedAddresses(Names names, AddressGuard guard, ExecutorService threads) {
        this.names = names;
        this.guard = guard;
        this.threads = threads;
    }

    /** @return at least one address, all of which may be reached */
    List<InetAddress> of(URI url, Duration limit) throws AskFailure, InterruptedException {
        if (!ShownUrl.isWeb(url)) {
            throw new AskFailure(Kind.ADDRESS, "its URL is not an http or https URL with a host");
        }
        List<InetAddress> all = resolved(url.getHost(), limit);
        List<InetAddress> open = all.stream().filter(address -> guard.refusal(address).isEmpty()).toList();
        if (open.isEmpty()) {
            throw new AskFailure(
                    Kind.ADDRESS,
                    "its host resolves to %s, which webhooks may not reach; TRUNKLINE_WEBHOOK_ALLOW_NETWORKS lists exceptions"
                            .formatted(guard.refusal(all.getFirst()).orElse("nothing")));
        }
        return open;
    }

    private List<InetAddress> resolved(String host, Duration limit) throws AskFailure, InterruptedException {
        Future<List<InetAddress>> resolution = threads.submit(() -> names.addresses(host));
        try {
            return resolution.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            resolution.cancel(true);
            throw new AskFailure(Kind.TIMEOUT, "its host was not resolved within %d ms".formatted(limit.toMillis()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException
                    ? new AskFailure(Kind.UNREACHABLE, "its host is unknown")
                    : new AskFailure(Kind.UNREACHABLE, "its host cannot be resolved: " + e.getCause());
        }
    }
}
