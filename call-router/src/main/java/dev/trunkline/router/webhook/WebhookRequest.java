package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.Question;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The HTTP request that asks a question. Pure. */
public final class WebhookRequest {
    public static final String ID_HEADER = "Trunkline-Request-Id";

    private final Question question;
    private final String id;
    private final byte[] body;

    private WebhookRequest(Question question, String id) {
        this.question = question;
        this.id = id;
        this.body = CallBody.of(question, id);
    }

    public static WebhookRequest of(Question question) {
        String name = question.call().id() + " " + question.redirects() + " " + question.url();
        return new WebhookRequest(question, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /** Returns an id derived from call and URL: it is the same in each try, and if Kafka delivers a call twice. */
    public String id() {
        return id;
    }

    public byte[] body() {
        return body.clone();
    }

    /** @param now time of the try, which the signature contains */
    public Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Trunkline");
        headers.put(ID_HEADER, id);
        headers.put("Idempotency-Key", id);
        question.secret().ifPresent(secret -> {
            String signature = Signature.of(body, now, secret);
            headers.put(Signature.HEADER, signature);
            headers.put(Signature.JAMBONZ_HEADER, signature);
        });
        Optional.ofNullable(question.url().getUserInfo())
                .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(basic -> headers.put("Authorization", "Basic " + basic));
        return headers;
    }
}
