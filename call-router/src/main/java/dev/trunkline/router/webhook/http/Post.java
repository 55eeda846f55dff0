package dev.trunkline.router.webhook.http;

import dev.trunkline.router.webhook.AnswerReader;
import dev.trunkline.router.webhook.AskFailure;
import dev.trunkline.router.webhook.AskFailure.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One POST over HTTP/1.1 to an address that was chosen before: the URL's host appears in the Host header and in TLS
 * (server name and certificate), and is not resolved again. Redirects are not followed.
 */
final class Post implements AutoCloseable {
    /** The most requests that wait for a connection; further ones fail at once. */
    private static final int MOST_WAITING = 1_000;

    private final Vertx vertx;
    private final HttpClient client;

    /** @param body the answer's, {@link AnswerReader#LONGEST} bytes at most */
    record Reply(int status, byte[] body) {}

    /** @param trust whose certificates are accepted; empty for those that Java accepts */
    Post(Vertx vertx, int connections, Optional<TrustOptions> trust) {
        this.vertx = vertx;
        var options = new HttpClientOptions()
                .setMaxWaitQueueSize(MOST_WAITING)
                .setForceSni(true)
                .setVerifyHost(true);
        trust.ifPresent(options::setTrustOptions);
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(connections))
                // The request fails with the same error anyway; Vert.x would also log it, and tenants could fill the
                // log.
                .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
                .build();
    }

    /** @return a future that fails with {@link AskFailure} */
    Future<Reply> send(URI url, InetAddress address, Map<String, String> headers, byte[] body, Duration limit) {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(target(url))
                .setFollowRedirects(false)
                .setConnectTimeout(limit.toMillis());
        headers.forEach(options::putHeader);
        Promise<Reply> promise = Promise.promise();
        long timer = vertx.setTimer(limit.toMillis(), ignored -> promise.tryFail(
                new AskFailure(Kind.TIMEOUT, "it gave no complete answer within %d ms".formatted(limit.toMillis()))));
        client.request(options).onComplete(connected -> {
            if (connected.failed()) {
                promise.tryFail(new AskFailure(Kind.UNREACHABLE, "it cannot be reached: " + why(connected.cause())));
                return;
            }
            HttpClientRequest request = connected.result();
            // Whatever ends the wait also ends the request, so that nothing continues after the call has moved on.
            promise.future().onFailure(ignored -> request.reset());
            if (promise.future().isComplete()) {
                return;
            }
            request.send(Buffer.buffer(body)).onComplete(answered -> {
                if (answered.failed()) {
                    promise.tryFail(broken(answered.cause()));
                } else {
                    collect(answered.result(), promise);
                }
            });
        });
        return promise.future().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    private static void collect(HttpClientResponse response, Promise<Reply> promise) {
        Buffer collected = Buffer.buffer();
        response.exceptionHandler(failure -> promise.tryFail(broken(failure)));
        response.handler(part -> {
            if (collected.length() + part.length() > AnswerReader.LONGEST) {
                promise.tryFail(new AskFailure(
                        Kind.TOO_LARGE, "its answer is longer than %d bytes".formatted(AnswerReader.LONGEST)));
            } else {
                collected.appendBuffer(part);
            }
        });
        response.endHandler(ignored -> promise.tryComplete(new Reply(response.statusCode(), collected.getBytes())));
    }

    private static AskFailure broken(Throwable cause) {
        return new AskFailure(Kind.BROKEN, "the connection broke before the answer was complete: " + why(cause));
    }

    private static String why(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = Optional.ofNullable(root.getMessage()).orElse("");
        return (root.getClass().getSimpleName() + " " + message).strip().replaceAll("\\p{Cntrl}", " ");
    }

    private static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    @Override
    public void close() {
        client.close();
    }
}
