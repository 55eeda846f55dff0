package dev.trunkline.router.webhook.http;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.ShownUrl;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Ignored;
import dev.trunkline.router.webhook.AddressGuard;
import dev.trunkline.router.webhook.Answer;
import dev.trunkline.router.webhook.AnswerReader;
import dev.trunkline.router.webhook.AskFailure;
import dev.trunkline.router.webhook.AskFailure.Kind;
import dev.trunkline.router.webhook.CircuitBreakers;
import dev.trunkline.router.webhook.CircuitBreakers.State;
import dev.trunkline.router.webhook.UnusableAnswerException;
import dev.trunkline.router.webhook.Verdict;
import dev.trunkline.router.webhook.WebhookRequest;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Asks webhooks. Waits for the answer, so callers use a virtual thread, and other calls continue in the meantime.
 * Thread-safe.
 *
 * <pre>
 *   breaker open? ──▶ host resolved, addresses checked ──▶ POST ──▶ answer read ──▶ Answered
 *        │                       │                          │ ▲          │
 *        ▼                       ▼                          └─┘ once     ▼
 *      Failed                  Failed                              Failed: where it is wrong
 * </pre>
 */
public final class WebhookClient implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WebhookClient.class);

    private final WebhookSettings settings;
    private final RouterMetrics metrics;
    private final Clock clock;
    private final AnswerReader reader;
    private final CircuitBreakers breakers;
    private final CheckedAddresses addresses;
    private final Post post;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public WebhookClient(Vertx vertx, WebhookSettings settings, RouterMetrics metrics, Clock clock) {
        this(vertx, settings, metrics, clock, Names.SYSTEM, Optional.empty());
    }

    WebhookClient(
            Vertx vertx,
            WebhookSettings settings,
            RouterMetrics metrics,
            Clock clock,
            Names names,
            Optional<TrustOptions> trust) {
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.reader = new AnswerReader(settings.roomDomains().orElse(List.of()));
        this.breakers = new CircuitBreakers(settings.breakerFailures(), settings.breakerRest(), clock);
        this.addresses = new CheckedAddresses(
                names, new AddressGuard(settings.allowNetworks().orElse(List.of())), threads);
        this.post = new Post(vertx, settings.connections(), trust);
        metrics.watchBreakers(breakers::open);
    }

    /**
     * Sends the question and returns a result in any case, never later than the deadline.
     *
     * @param deadline of the call; {@link WebhookSettings#reserve} of it is kept back
     */
    public WebhookResult ask(Question question, Instant deadline) throws InterruptedException {
        long begin = System.nanoTime();
        WebhookRequest request = WebhookRequest.of(question);
        String key = ShownUrl.key(question.url());
        State state = breakers.enter(key);
        Tries tries = tries(deadline);
        Verdict verdict = state == State.OPEN ? resting(request) : through(question, request, tries, state, key, begin);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        metrics.webhookAsked(verdict.outcome(), took);
        log(question, request, verdict, tries, took);
        tellDials(question, request, verdict.result());
        return verdict.result();
    }

    /**
     * Asks about a hypothetical call, like {@link #ask}, but counts nowhere: neither in metrics nor for the circuit
     * breaker, which only tells what it would do with an actual call.
     */
    public WebhookResult tryOut(Question question, Instant deadline) throws InterruptedException {
        long begin = System.nanoTime();
        WebhookRequest request = WebhookRequest.of(question);
        State state = breakers.look(ShownUrl.key(question.url()));
        Tries tries = tries(deadline);
        Verdict verdict;
        try {
            verdict = state == State.OPEN ? resting(request) : once(question, request, tries, state, begin);
        } catch (AskFailure failure) {
            verdict = failed(failure, question, request, tries, state);
        }
        log(question, request, verdict, tries, Duration.ofNanos(System.nanoTime() - begin));
        return verdict.result();
    }

    private Tries tries(Instant deadline) {
        return new Tries(post, addresses, settings.tryFor(), clock, deadline.minus(settings.reserve()));
    }

    private static void log(Question question, WebhookRequest request, Verdict verdict, Tries tries, Duration took) {
        LOG.infof("%s webhook request=%s rule=%s url=%s outcome=%s tries=%d in %d ms",
                label(question), request.id(), question.rule().name(),
                ShownUrl.of(question.url()), verdict.outcome(), tries.made(), took.toMillis());
    }

    private static CallLabel label(Question question) {
        return CallLabel.of(question.call().id(), question.organisation(), question.call().trunk());
    }

    private Verdict resting(WebhookRequest request) {
        return Verdict.failed(
                Kind.BREAKER,
                "it is not asked now, because it failed %d times in a row; one call tries it every %d s"
                        .formatted(settings.breakerFailures(), settings.breakerRest().toSeconds()),
                request.id(), "no try, breaker open", List.of());
    }

    private Verdict through(
            Question question, WebhookRequest request, Tries tries, State state, String key, long begin)
            throws InterruptedException {
        boolean up = false;
        // A probe without a result, because it was interrupted, leaves the breaker open.
        boolean down = state == State.HALF_OPEN;
        try {
            Verdict verdict = once(question, request, tries, state, begin);
            up = true;
            return verdict;
        } catch (AskFailure failure) {
            up = tries.made() > 0 && !failure.kind().down();
            down |= tries.down();
            return failed(failure, question, request, tries, state);
        } finally {
            if (up) {
                breakers.answered(key);
            } else if (down && breakers.failed(key) == State.OPEN) {
                LOG.warnf("webhook url=%s organisation=%s is skipped for %d s: it failed %d times in a row",
                        ShownUrl.of(question.url()), question.organisation().name(),
                        settings.breakerRest().toSeconds(), settings.breakerFailures());
            }
        }
    }

    private Verdict once(Question question, WebhookRequest request, Tries tries, State state, long begin)
            throws AskFailure, InterruptedException {
        Post.Reply reply = tries.make(question.url(), request.body(), () -> request.headers(clock.instant()));
        return read(question, request, reply, how("HTTP " + reply.status() + ", ", question, tries, state), begin);
    }

    private static Verdict failed(
            AskFailure failure, Question question, WebhookRequest request, Tries tries, State state) {
        String how = how(failure.kind().answered() ? "" : "no answer, ", question, tries, state);
        return Verdict.failed(failure.kind(), failure.getMessage(), request.id(), how, List.of());
    }

    private Verdict read(Question question, WebhookRequest request, Post.Reply reply, String how, long begin) {
        if (reply.status() / 100 != 2) {
            String hint = reply.status() / 100 == 3
                    ? "; HTTP redirects are not followed, the verb redirect is"
                    : "";
            return Verdict.failed(
                    Kind.STATUS, "it answered HTTP " + reply.status() + hint, request.id(), how, List.of());
        }
        try {
            Answer answer = reader.read(reply.body(), question.url());
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            return Verdict.of(answer, question.call(), request.id(), took.toMillis(), how);
        } catch (UnusableAnswerException e) {
            return Verdict.failed(
                    Kind.UNUSABLE, "its answer is unusable: " + e.getMessage(), request.id(), how, List.of());
        }
    }

    private static String how(String answered, Question question, Tries tries, State state) {
        return "%s%s, %s, breaker %s"
                .formatted(
                        answered, tries.made() == 1 ? "1 try" : tries.made() + " tries",
                        question.secret().isPresent() ? "signed" : "not signed", state);
    }

    /** Logs a warning that nobody should miss: the application's author believes that a phone is ringing. */
    private void tellDials(Question question, WebhookRequest request, WebhookResult result) {
        List<Ignored> ignored = switch (result) {
            case WebhookResult.Answered answered -> answered.ignored();
            case WebhookResult.Failed failed -> failed.ignored();
        };
        ignored.stream().filter(Ignored::dial).forEach(dial -> {
            metrics.dialNotFollowed();
            LOG.warnf("%s webhook request=%s rule=%s DIAL NOT FOLLOWED: %s: %s",
                    label(question), request.id(), question.rule().name(), dial.verb(), dial.why());
        });
    }

    @Override
    public void close() {
        post.close();
        threads.shutdownNow();
    }
}
