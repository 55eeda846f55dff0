package dev.trunkline.router.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.RoomNames;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.SuiteDefaults;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** An organisation whose only rule asks a webhook, and a call to it. */
public final class Shop {
    public static final String CALLER = "+32470123456";
    public static final String PSEUDONYM = "0123456789abcdef0123456789abcdef";
    static final String NUMBER = "+3225550100";

    private static final Destination.Allowed ALLOWED =
            new Destination.Allowed(List.of(NamePattern.of("*")), List.of(NamePattern.of("*")));

    private final URI url;
    private Optional<String> secret = Optional.empty();
    private String config = "{}";
    private Optional<String> caller = Optional.of(CALLER);
    private Map<String, String> headers = Map.of();

    private Shop(URI url) {
        this.url = url;
    }

    public static Shop at(String url) {
        return new Shop(URI.create(url));
    }

    public Shop secret(String text) {
        secret = Optional.of(text);
        return this;
    }

    /** @param json JSON with single quotes */
    public Shop config(String json) {
        config = json;
        return this;
    }

    Shop anonymousCaller() {
        caller = Optional.empty();
        return this;
    }

    Shop caller(String number) {
        caller = Optional.of(number);
        return this;
    }

    Shop headers(Map<String, String> passedOn) {
        headers = passedOn;
        return this;
    }

    /** Returns the question that the webhook is asked when the call arrives. */
    public Question question() {
        if (decision() instanceof Decision.Ask(Question question)) {
            return question;
        }
        throw new IllegalStateException("nothing is asked");
    }

    private Decision decision() {
        return routing().decide(call(), directory());
    }

    static Routing routing() {
        return new Routing(
                new SuiteDefaults(json("{'language':'en'}"), new CallRate(10, 3600)), new RoomNames(call -> "random"));
    }

    private Call call() {
        return new Call(
                new CallId(new UUID(7, 7)), new TrunkRef("trunk-id", "pbx"), NUMBER, NUMBER,
                new Caller(PSEUDONYM, caller.isEmpty()), caller, headers, Optional.empty(), Instant.EPOCH);
    }

    private Directory directory() {
        return Directory.of(
                1,
                List.of(new Organisation("shop-id", "shop", json(config), OptionalInt.empty(), Optional.empty())),
                List.of(new PhoneNumber(NUMBER, "shop-id", true, "", json("{'desk':7}"), 1, Optional.empty())),
                List.of(new InboundTrunk(
                        "trunk-id", "pbx", List.of("127.0.0.1"), Optional.of("BE"), List.of(), List.of(), List.of())),
                List.of(new DispatchRule(
                        "rule-id", "ask-shop", Optional.of("shop-id"), List.of("trunk-id"),
                        RuleTerms.to(new Destination.Webhook(url, secret, ALLOWED)), 0, Instant.EPOCH)));
    }

    private static ObjectNode json(String text) {
        try {
            return EventJson.MAPPER.readValue(text.replace('\'', '"'), ObjectNode.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
