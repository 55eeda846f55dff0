package dev.trunkline.console.demo;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** A week of invented calls: the same for the same seed and time. Pure. */
final class DemoWeek {
    private static final int DAYS = 7;
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final int REGULARS = 70;
    /** Calls per day, by kind of day. */
    private static final int WORKDAY = 110;
    private static final int SATURDAY = 45;
    private static final int SUNDAY = 18;
    /** Relative number of a day's calls in each of its hours. */
    private static final int[] HOURS = {1, 0, 0, 0, 0, 1, 2, 6, 14, 22, 26, 22, 14, 17, 23, 22, 18, 12, 8, 6, 4, 3, 2, 1};
    private static final List<DemoNumber> NUMBERS = List.of(
            new DemoNumber("+3225550100", "demo-on-agent", 1_000, 46),
            new DemoNumber("+3225550101", "demo-at-once", 1_000, 24),
            new DemoNumber("+3225550102", "demo-on-agent", 1, 12),
            new DemoNumber("+3225550103", "demo-on-agent", 1_000, 3),
            new DemoNumber("+3225550104", "demo-nobody", 1_000, 4),
            new DemoNumber("+3225550111", "demo-announced", 1_000, 11));
    /** Nothing is invented for this most recent period, so that none of it looks like an ongoing call. */
    private static final Duration AGO = Duration.ofHours(1);

    private final Random random;
    private final List<String> callers = new ArrayList<>();

    private DemoWeek(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < REGULARS; i++) {
            byte[] pseudonym = new byte[32];
            random.nextBytes(pseudonym);
            callers.add(HexFormat.of().formatHex(pseudonym));
        }
    }

    /** The calls of the previous seven days and of the current day until an hour ago, oldest first; for each its events in order. */
    static Stream<List<Envelope>> calls(OrganisationRef organisation, Instant now, long seed) {
        var week = new DemoWeek(seed);
        LocalDate today = now.atZone(ZONE).toLocalDate();
        return today.minusDays(DAYS).datesUntil(today.plusDays(1))
                .flatMap(day -> week.day(day).stream())
                .filter(plan -> plan.at().isBefore(now.minus(AGO)))
                .map(plan -> DemoCall.of(plan, organisation));
    }

    private List<DemoCall.Plan> day(LocalDate day) {
        int usual = day.getDayOfWeek() == DayOfWeek.SUNDAY ? SUNDAY : day.getDayOfWeek() == DayOfWeek.SATURDAY ? SATURDAY : WORKDAY;
        int calls = (int) Math.round(usual * (0.85 + 0.3 * random.nextDouble()));
        return Stream.generate(() -> plan(day)).limit(calls).sorted(Comparator.comparing(DemoCall.Plan::at)).toList();
    }

    private DemoCall.Plan plan(LocalDate day) {
        int hour = chosen(HOURS);
        Instant at = day.atTime(LocalTime.of(hour, random.nextInt(60), random.nextInt(60), random.nextInt(1_000) * 1_000_000))
                .atZone(ZONE).toInstant();
        DemoNumber number = NUMBERS.get(chosen(NUMBERS.stream().mapToInt(DemoNumber::share).toArray()));
        // A few callers call often.
        String caller = callers.get((int) (REGULARS * Math.pow(random.nextDouble(), 1.8)));
        int setup = 280 + (int) Math.round(Math.abs(random.nextGaussian()) * 240);
        boolean poor = random.nextInt(25) == 0;
        double mos = Math.round((poor ? 2.4 + random.nextDouble() : 4.0 + 0.41 * random.nextDouble()) * 100) / 100.0;
        double jitter = Math.round((poor ? 28 + 30 * random.nextDouble() : 1 + 7 * random.nextDouble()) * 10) / 10.0;
        return new DemoCall.Plan(id(at), at, number, caller, setup, mos, jitter, fate(number));
    }

    private DemoCall.Fate fate(DemoNumber number) {
        if (number.number().equals("+3225550103")) {
            return new DemoCall.Fate.Refused(RefusalReason.NUMBER_INACTIVE);
        }
        if (number.rule().equals("demo-nobody")) {
            return new DemoCall.Fate.Refused(RefusalReason.NO_AGENT);
        }
        int lot = random.nextInt(100);
        if (lot < 2) {
            return new DemoCall.Fate.Refused(RefusalReason.CALLER_RATE);
        }
        if (lot < 16 && number.atOnce() == 1) {
            return new DemoCall.Fate.Refused(RefusalReason.NUMBER_BUSY);
        }
        if (lot < 6) {
            return new DemoCall.Fate.GaveUp(Duration.ofMillis(900 + random.nextInt(8_000)));
        }
        EndReason end = lot < 70 ? EndReason.CALLER_HUNG_UP : lot < 98 ? EndReason.ROOM_CLOSED : EndReason.MEDIA_TIMEOUT;
        double seconds = Math.exp(4.4 + 0.9 * random.nextGaussian());
        return new DemoCall.Fate.Talked(Duration.ofMillis((long) (1_000 * Math.clamp(seconds, 3, 1_500))), end);
    }

    /** Chooses an index at random according to these weights. */
    private int chosen(int[] weights) {
        int left = random.nextInt(Stream.of(weights).flatMapToInt(java.util.Arrays::stream).sum());
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index];
            index++;
        }
        return index;
    }

    /** Ids as edges generate them: UUID version 7 (RFC 9562). */
    private UUID id(Instant at) {
        long most = at.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(most, random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }
}
