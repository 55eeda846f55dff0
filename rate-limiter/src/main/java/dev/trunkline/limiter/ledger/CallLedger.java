package dev.trunkline.limiter.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.admission.Seat;
import dev.trunkline.limiter.admission.Verdict;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Counts calls in Redis. The states of a call:
 *
 * <pre>
 *              admit: room            renew (heartbeat)
 *   (unknown) -------------> held <-----------------------+
 *       |  \                  | \_________________________/
 *       |   \ admit: full     | free (refused or ended)
 *       |    v                v
 *       |  refused --free--> ended --60 s--> (unknown)
 *       +------renew--------> held      (Redis was wiped: counted again)
 * </pre>
 *
 * An expired lease stops counting at once, and the call stays known for {@link #REMEMBERED} so that its end can still be
 * published. Stages fail with {@link LedgerUnavailableException} if Redis does not answer within a bounded time, and
 * complete on its connection's thread.
 */
public final class CallLedger {
    /** How long a call without any events is remembered. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    /** How long a rejected or ended call is known to be over; longer than an event can be late. */
    static final Duration TOMBSTONE = Duration.ofSeconds(60);
    private static final int MOST_LAPSED = 100;

    private static final Script ADMIT = Script.named("admit");
    private static final Script RENEW = Script.named("renew");
    private static final Script KEEP = Script.named("keep");
    private static final Script NOTE = Script.named("note");
    private static final Script FREE = Script.named("free");
    private static final Script LAPSED = Script.named("lapsed");
    private static final Script STANDING = Script.named("standing");
    private static final Script HELD = Script.named("held");
    private static final Script CARD = Script.named("card");

    /** The effect of a heartbeat. */
    public enum Renewal {
        RENEWED,
        /** The call was not counted and is counted again. */
        REBUILT,
        /** The call is over: nothing was counted. */
        OVER
    }

    /** The state of a call that is published as holding a slot. */
    public enum Standing {
        HELD,
        /** Its lease has expired, and its end has not been published yet. */
        LAPSED,
        /** It was rejected or has ended, not long ago. */
        OVER,
        /** It ended longer ago, or Redis was wiped. */
        UNKNOWN
    }

    /** The effect of a call's end on the caller's rate. */
    public enum Rate {
        COUNTED,
        /** The call was rejected after it had been admitted: no window counts it. */
        GIVEN_BACK
    }

    private final RedisLink redis;
    private final LedgerKeys keys;
    private final LedgerTime time;
    private final Duration lease;

    /** @param lease how long a slot is held without a heartbeat */
    public CallLedger(RedisLink redis, LedgerKeys keys, LedgerTime time, Duration lease) {
        this.redis = redis;
        this.keys = keys;
        this.time = time;
        this.lease = lease;
    }

    /** Decides on a call as if no heartbeat had been missed. */
    public CompletionStage<Verdict> admit(Applicant applicant) {
        return admit(applicant, Duration.ZERO);
    }

    /**
     * Decides on a call and counts it if there is room. The same call gets the same answer again.
     *
     * @param leeway for how long heartbeats may have been missed recently: a lease that expired no longer ago than that
     *     still counts
     */
    public CompletionStage<Verdict> admit(Applicant applicant, Duration leeway) {
        List<String> names = keys.seats(applicant.callId(), applicant.seats());
        names.add(1, keys.window(applicant.window()));
        names.addAll(2, applicant.rates().stream().map(keys::rate).toList());
        List<String> arguments = new ArrayList<>(List.of(
                time.argument(),
                applicant.callId().toString(),
                limit(applicant, OptionalInt.of(applicant.window().limit())),
                millis(applicant.window().length()),
                millis(lease),
                millis(REMEMBERED),
                millis(TOMBSTONE),
                applicant.edge(),
                millis(leeway),
                json(applicant.card()),
                Integer.toString(applicant.rates().size())));
        applicant.rates().forEach(rate -> {
            arguments.add(limit(applicant, rate.limit()));
            arguments.add(millis(rate.of().length()));
        });
        applicant.seats().forEach(seat -> arguments.add(limit(applicant, seat.limit())));
        return redis.text(ADMIT, names, arguments.toArray(String[]::new)).thenApply(Verdict::parse);
    }

    /** The limit that the script applies: -1 is no limit. */
    private static String limit(Applicant applicant, OptionalInt limit) {
        return Integer.toString(applicant.emergency() ? -1 : limit.orElse(-1));
    }

    /** The call is alive: renews its lease. */
    public CompletionStage<Renewal> renew(CallHeartbeat heartbeat, Owners owners) {
        return redis.text(
                        RENEW,
                        keys.seats(heartbeat.callId(), Seat.of(heartbeat)),
                        time.argument(),
                        heartbeat.callId().toString(),
                        millis(lease),
                        millis(REMEMBERED),
                        owners.edge().orElse(""),
                        owners.relay().orElse(heartbeat.relay()),
                        heartbeat.media() == null ? "" : json(heartbeat.media()),
                        heartbeat.lastHeardAt().map(CallLedger::millis).orElse(""))
                .thenApply(done -> switch (done) {
                    case "renewed" -> Renewal.RENEWED;
                    case "rebuilt" -> Renewal.REBUILT;
                    default -> Renewal.OVER;
                });
    }

    /** Records the time of the answer; the first one stays. */
    public CompletionStage<Void> answered(CallId callId, Instant at) {
        return note(callId, "first", "answered", millis(at));
    }

    /** Records who answered last. */
    public CompletionStage<Void> joined(CallId callId, String agent) {
        return note(callId, "", "agent", agent);
    }

    /**
     * Restores what a Redis that was wiped had stored about a call, once the call is counted again; an outbound call is
     * also counted as such if its heartbeat did not say that it is one.
     */
    public CompletionStage<Void> keep(CallId callId, CallCard card, Instant admittedAt) {
        return redis.number(
                        KEEP, keys.seats(callId, Seat.beside(card)), time.argument(), callId.toString(), millis(lease),
                        millis(REMEMBERED), json(card), millis(admittedAt))
                .thenAccept(kept -> {});
    }

    private CompletionStage<Void> note(CallId callId, String which, String... fieldsAndValues) {
        List<String> arguments = new ArrayList<>(List.of(which));
        arguments.addAll(List.of(fieldsAndValues));
        return redis.number(NOTE, List.of(keys.call(callId)), arguments.toArray(String[]::new)).thenAccept(noted -> {});
    }

    /**
     * Returns the call as a live call; empty if it holds no slot.
     *
     * @param otherwise its entry to use if Redis was wiped since it was admitted; empty if it is not known
     */
    public CompletionStage<Optional<LiveCall>> live(CallId callId, Optional<LiveCall> otherwise) {
        return redis.texts(CARD, List.of(keys.call(callId))).thenApply(kept -> kept.size() == 2
                ? text(kept.get(0)).flatMap(CallLedger::card).map(card -> card.live(
                        callId, text(kept.get(1)).map(CallLedger::instant).orElse(card.receivedAt()))).or(() -> otherwise)
                : Optional.empty());
    }

    /**
     * Returns the state of calls that are published as holding a slot. Waits for Redis, for a bounded time.
     *
     * @param calls at most a few hundred: Redis does nothing else meanwhile
     * @param leeway as in {@link #admit(Applicant, Duration)}
     * @throws LedgerUnavailableException if it did not answer
     */
    public Map<CallId, Standing> standings(List<CallId> calls, Duration leeway) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(time.argument(), millis(leeway), keys.calls()));
        calls.forEach(call -> arguments.add(call.toString()));
        List<String> told =
                RedisLink.await(redis.texts(STANDING, List.of(keys.suite()), arguments.toArray(String[]::new)));
        Map<CallId, Standing> standings = new HashMap<>();
        for (int call = 0; call < calls.size(); call++) {
            standings.put(calls.get(call), Standing.valueOf(told.get(call).toUpperCase(Locale.ROOT)));
        }
        return standings;
    }

    /**
     * Returns the calls that hold a slot. Waits for Redis, for a bounded time.
     *
     * @throws LedgerUnavailableException if it did not answer
     */
    public Set<CallId> held(Duration leeway, int most) throws InterruptedException {
        return RedisLink.await(redis.texts(
                        HELD, List.of(keys.suite()), time.argument(), millis(leeway), Integer.toString(most)))
                .stream()
                .map(CallId::of)
                .collect(Collectors.toSet());
    }

    /** Records that the call is over. @return whether that released a slot */
    public CompletionStage<Boolean> free(CallId callId, Rate rate) {
        return redis.number(
                        FREE, List.of(keys.call(callId), keys.suite()), callId.toString(), millis(TOMBSTONE),
                        rate == Rate.GIVEN_BACK ? "given-back" : "")
                .thenApply(freed -> freed > 0);
    }

    /**
     * Claims calls whose lease has expired and whose end nobody published. Waits for Redis, for a bounded time.
     *
     * @param grace how long ago the lease must have expired
     * @param claim for how long no other limiter gets the same calls
     * @throws LedgerUnavailableException if it did not answer
     */
    public List<LapsedCall> lapsed(Duration grace, Duration claim) throws InterruptedException {
        return RedisLink.await(redis.list(
                        LAPSED, List.of(keys.suite()), time.argument(), millis(grace), millis(claim), keys.calls(),
                        Integer.toString(MOST_LAPSED)))
                .stream()
                .map(CallLedger::lapsedCall)
                .toList();
    }

    /**
     * Returns the time of day that the ledger uses. Waits for Redis.
     *
     * @throws LedgerUnavailableException if it did not answer
     */
    public Instant now() throws InterruptedException {
        return switch (time) {
            case LedgerTime.OfRedis() -> instantOf(RedisLink.await(redis.command(RedisAsyncCommands::time)));
            case LedgerTime.Of(Clock clock) -> clock.instant();
        };
    }

    /** @param time seconds since 1970, and microseconds of the second */
    private static Instant instantOf(List<String> time) {
        return Instant.ofEpochSecond(Long.parseLong(time.get(0))).plus(Long.parseLong(time.get(1)), ChronoUnit.MICROS);
    }

    /**
     * Returns the concurrent calls in the suite, including those whose lease has expired and whose end has not been
     * published yet. Waits for Redis.
     *
     * @throws LedgerUnavailableException if it did not answer
     */
    public long calls() throws InterruptedException {
        return RedisLink.await(redis.command(commands -> commands.zcard(keys.suite())));
    }

    private static LapsedCall lapsedCall(List<String> fields) {
        return new LapsedCall(
                CallId.of(fields.get(0)),
                new Owners(text(fields.get(1)), text(fields.get(2))),
                text(fields.get(3)).flatMap(CallLedger::card),
                new LapsedCall.Times(
                        text(fields.get(4)).map(CallLedger::instant),
                        text(fields.get(5)).map(CallLedger::instant),
                        text(fields.get(6)).map(CallLedger::instant)),
                text(fields.get(7)),
                text(fields.get(8)).flatMap(json -> read(json, MediaStats.class)));
    }

    private static Optional<String> text(String field) {
        return Optional.of(field).filter(text -> !text.isEmpty());
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static Optional<CallCard> card(String json) {
        return read(json, CallCard.class);
    }

    /** Returns empty for a value that another version wrote in another form. */
    private static <T> Optional<T> read(String json, Class<T> type) {
        try {
            return Optional.of(EventJson.MAPPER.readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .readValue(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String json(Object kept) {
        try {
            return EventJson.MAPPER.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + kept.getClass().getSimpleName(), e);
        }
    }
}
