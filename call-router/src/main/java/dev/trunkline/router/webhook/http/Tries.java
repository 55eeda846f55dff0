package dev.trunkline.router.webhook.http;

import dev.trunkline.router.webhook.AskFailure;
import dev.trunkline.router.webhook.AskFailure.Kind;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The tries of one request: a second one if the first failed for a reason that may pass, and never beyond the time that
 * the call leaves.
 */
final class Tries {
    private static final int MOST = 2;
    /** With less time than this an answer is impossible, and a try would only burden the application. */
    private static final Duration LEAST = Duration.ofMillis(20);

    private final Post post;
    private final CheckedAddresses addresses;
    private final Duration tryFor;
    private final Clock clock;
    private final Instant until;
    private Optional<List<InetAddress>> checked = Optional.empty();
    private int made;
    private boolean down;

    /** @param until when the last try must be over */
    Tries(Post post, CheckedAddresses addresses, Duration tryFor, Clock clock, Instant until) {
        this.post = post;
        this.addresses = addresses;
        this.tryFor = tryFor;
        this.clock = clock;
        this.until = until;
    }

    /** Returns how many were made. */
    int made() {
        return made;
    }

    /** Returns whether one of them indicates that the application is down. A try that the deadline cut short indicates nothing. */
    boolean down() {
        return down;
    }

    /** @param headers created for each try, because a signature contains its time */
    Post.Reply make(URI url, byte[] body, Supplier<Map<String, String>> headers) throws AskFailure, InterruptedException {
        while (true) {
            Duration left = left();
            if (left.compareTo(LEAST) < 0) {
                throw new AskFailure(Kind.OUT_OF_TIME, "the call's deadline leaves no time to ask");
            }
            boolean whole = left.compareTo(tryFor) >= 0;
            made++;
            try {
                return once(url, body, headers, whole ? tryFor : left);
            } catch (AskFailure failure) {
                down |= failure.kind().down() && (whole || failure.kind() != Kind.TIMEOUT);
                if (!failure.kind().again() || made == MOST || left().compareTo(LEAST) < 0) {
                    throw failure;
                }
            }
        }
    }

    private Duration left() {
        return Duration.between(clock.instant(), until);
    }

    private Post.Reply once(URI url, byte[] body, Supplier<Map<String, String>> headers, Duration limit)
            throws AskFailure, InterruptedException {
        long begin = System.nanoTime();
        if (checked.isEmpty()) {
            checked = Optional.of(addresses.of(url, limit));
        }
        // If a host has several addresses, the second try uses the next one.
        InetAddress address = checked.get().get((made - 1) % checked.get().size());
        Duration rest = limit.minusNanos(System.nanoTime() - begin);
        if (rest.toMillis() < 1) {
            throw new AskFailure(Kind.TIMEOUT, "the lookup of its host took the whole time");
        }
        try {
            Post.Reply reply = post.send(url, address, headers.get(), body, rest)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            if (reply.status() >= 500) {
                throw new AskFailure(Kind.SERVER_ERROR, "it answered HTTP " + reply.status());
            }
            return reply;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AskFailure failure) {
                throw failure;
            }
            throw new AskFailure(Kind.BROKEN, "the request failed: " + e.getCause());
        }
    }
}
