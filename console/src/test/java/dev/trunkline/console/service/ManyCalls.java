package dev.trunkline.console.service;

import dev.trunkline.console.Stories;
import dev.trunkline.console.projection.Batches;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How fast the console is with many calls. No part of the test run, for it says how fast and not whether it is right:
 * {@code ../mvnw test -Dtest=ManyCalls -Dconsole.many=10000000
 * -Dquarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout=0}. The calls are of 360 days, 100 organisations and 1,000 numbers.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ManyCalls {
    private static final long CALLS = Long.getLong("console.many", 100_000);
    private static final int AT_ONCE = 50_000;
    private static final int STORIES = 25_000;
    private static final int TIMES = 5;

    @TestHTTPResource("/")
    URI root;

    @Inject
    DataSource database;

    @Inject
    Batches batches;

    @Test
    void pagesAndSearches() throws Exception {
        var page = new Browser(root);
        Await.until("the console is ready", () -> page.send("GET", "/q/health/ready", "").status() == 200);
        projection();
        fill();
        Browser admin = Browser.of(root, "admin");
        Browser town = Browser.of(root, "town");
        String week = period(7);
        String month = period(30);
        String year = period(360);
        for (String zoned : List.of(week, month, year)) {
            time("admin, analytics of the suite", admin, "/analytics?" + zoned);
            time("tenant, analytics", town, "/analytics?" + zoned);
            time("admin, analytics of a number", admin, "/analytics?number=%2B32255500042&" + zoned);
            time("admin, analytics of an agent", admin, "/analytics?agent=agent-3&" + zoned);
            time("admin, analytics of a trunk", admin, "/analytics?trunk=trunk-2&" + zoned);
        }
        for (String given : List.of(week, year)) {
            String times = given.replaceAll("&zone=.*", "").replaceAll("(\\d{4}-\\d\\d-\\d\\d)", "$1T00:00:00Z");
            time("admin, history", admin, "/history?" + times);
            time("tenant, history", town, "/history?" + times);
            time("admin, refused", admin, "/history?outcome=refused&" + times);
            time("admin, one reason", admin, "/history?reason=no-agent&" + times);
            time("admin, one trunk", admin, "/history?trunk=trunk-2&" + times);
            time("admin, one organisation", admin, "/history?organisation=org-42&" + times);
            time("admin, search a part of a number", admin, "/history?search=5500042&" + times);
            time("admin, search an agent", admin, "/history?search=AGENT-3&" + times);
            time("admin, search what there is not", admin, "/history?search=nobody-has-this&" + times);
            time("admin, search a pseudonym", admin, "/history?search=c4ca4238&" + times);
            time("tenant, search a room", town, "/history?search=room-4711&" + times);
        }
        time("alarms", admin, "/alarms");
        sizes();
    }

    private static String period(int days) {
        java.time.LocalDate today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        return "from=" + today.minusDays(days) + "&to=" + today + "&zone=Europe/Brussels";
    }

    private static void time(String what, Browser browser, String path) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            Browser.Answer answer = browser.get(path);
            millis.add((System.nanoTime() - begin) / 1_000_000);
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
            }
        }
        say("%-40s first %5d ms, median of %d %5d ms   %s", what, millis.getFirst(), TIMES, millis.stream().sorted().toList().get(TIMES / 2), path);
    }

    /** Through the way of every event, from the moment that it was read. */
    private void projection() {
        var random = new Random(1);
        List<Envelope> events = new ArrayList<>();
        for (int i = 0; i < STORIES; i++) {
            var whose = new OrganisationRef(i % 2 == 0 ? Surroundings.TOWN : Surroundings.CITY, i % 2 == 0 ? "town" : "city");
            byte[] pseudonym = new byte[32];
            random.nextBytes(pseudonym);
            events.addAll(Stories.of(
                    new CallId(new UUID(random.nextLong(), random.nextLong())), whose, Instant.now().minusSeconds(STORIES - i),
                    java.util.HexFormat.of().formatHex(pseudonym)).answered(Duration.ofSeconds(random.nextInt(300))).events());
        }
        long begin = System.nanoTime();
        CompletableFuture.allOf(events.stream().map(event -> batches.handle(event).toCompletableFuture()).toArray(CompletableFuture[]::new)).join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        say("projection: %d events of %d calls in %.1f s, %.0f calls a second", events.size(), STORIES, seconds, STORIES / seconds);
    }

    private void fill() throws Exception {
        long begin = System.nanoTime();
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            // Counted together at the end: whoever fills a table at once need not count each call by itself.
            statement.execute("alter table calls disable trigger user");
            for (long first : LongStream.iterate(0, at -> at < CALLS, at -> at + AT_ONCE).toArray()) {
                statement.execute("""
                        insert into calls (call_id, told_at, told_id, direction, organisation_id, organisation, number, called, caller, trunk,
                          rule, room, agent, received_at, answered_at, ended_at, setup_millis, talk_millis, outcome, reason, reason_text, status, mos)
                        select gen_random_uuid(), at + talk * interval '1 ms', gen_random_uuid(), 'inbound',
                          case o when 0 then '%s' else 'id-' || o end, case o when 0 then 'town' else 'org-' || o end,
                          '+322555' || lpad(n::text, 5, '0'), '+322555' || lpad(n::text, 5, '0'),
                          md5((r * 40000)::int::text) || md5((r * 40000 + 1)::int::text), 'trunk-' || (i %% 5), 'rule-' || (n %% 20), 'room-' || i,
                          'agent-' || (n %% 50), at, case when kind = 'answered' then at + setup * interval '1 ms' end,
                          at + (setup + talk) * interval '1 ms', case when kind = 'answered' then setup end,
                          case when kind = 'answered' then talk else 0 end, kind,
                          case kind when 'answered' then 'caller-hung-up' when 'unanswered' then 'cancelled'
                            else (array['no-agent', 'number-busy', 'caller-rate', 'no-rule'])[1 + i %% 4] end, 'A sentence.',
                          case kind when 'refused' then 480 end, case when kind = 'answered' then 3.5 + random() end
                        from (select i, r, at, n, n %% 100 as o, (250 + 400 * random())::bigint as setup,
                                (3000 + 120000 * -ln(1 - random() * 0.99))::bigint as talk,
                                case when q < 0.84 then 'answered' when q < 0.92 then 'unanswered' else 'refused' end as kind
                              from (select i, random() as r, random() as q, floor(random() * random() * 1000)::int as n,
                                      now() - interval '360 days' * (1 - i::float / %d) as at from generate_series(%d::bigint, %d::bigint) i) a) b"""
                        .formatted(Surroundings.TOWN, CALLS, first, Math.min(first + AT_ONCE, CALLS) - 1));
                if (first / AT_ONCE % 20 == 0) {
                    say("%,d calls are there after %.0f s", first + AT_ONCE, (System.nanoTime() - begin) / 1e9);
                }
            }
            statement.execute("alter table calls enable trigger user");
            count(statement);
            say("filled with %,d calls in %.0f s, counts and indexes with them", CALLS, (System.nanoTime() - begin) / 1e9);
            statement.execute("vacuum analyze");
        }
    }

    private static void count(Statement statement) throws Exception {
        statement.execute("truncate call_quarters, call_quarter_parts, call_day_parts");
        statement.execute("""
                insert into organisation_names select distinct organisation, organisation_id from calls where organisation_id is not null
                on conflict do nothing""");
        statement.execute("""
                create temporary table each as
                select d.dimension, d.organisation_id, d.value,
                       date_bin('15 minutes', c.received_at, timestamptz '2000-01-01 00:00:00+00') as quarter,
                       c.outcome, c.reason, c.talk_millis, c.setup_millis, c.mos
                from calls c cross join lateral (values ('suite', '', ''), ('organisation', c.organisation_id, ''),
                  ('number', coalesce(c.organisation_id, ''), c.number), ('agent', coalesce(c.organisation_id, ''), c.agent),
                  ('trunk', coalesce(c.organisation_id, ''), c.trunk)) d(dimension, organisation_id, value)
                where c.kind <> 'trial' and d.organisation_id is not null and d.value is not null""");
        statement.execute("""
                insert into call_quarters select dimension, organisation_id, value, quarter, count(*), count(*) filter (where outcome = 'answered'),
                  count(*) filter (where outcome = 'refused'), count(*) filter (where outcome = 'answered' and talk_millis < 10000),
                  coalesce(sum(talk_millis), 0), count(*) filter (where mos < 3) from each group by 1, 2, 3, 4""");
        statement.execute("""
                insert into call_quarter_parts select dimension, organisation_id, value, quarter, kind, part, count(*)
                from each c cross join lateral (values ('refusal', case when c.outcome = 'refused' then c.reason end),
                  ('talk', case when c.outcome = 'answered' then floor(ln(greatest(c.talk_millis, 1)) / ln(1.1))::int::text end),
                  ('setup', case when c.outcome = 'answered' then floor(ln(greatest(c.setup_millis, 1)) / ln(1.1))::int::text end),
                  ('mos', round((c.mos * 10)::numeric)::int::text)) p(kind, part)
                where part is not null group by 1, 2, 3, 4, 5, 6""");
        statement.execute("""
                insert into call_day_parts select dimension, organisation_id, value, (quarter at time zone 'UTC')::date, kind, part, sum(calls)
                from call_quarter_parts where kind <> 'talk' group by 1, 2, 3, 4, 5, 6""");
    }

    private void sizes() throws Exception {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select relname, pg_size_pretty(pg_total_relation_size(oid)) as size, reltuples::bigint as rows"
                        + " from pg_class where relname in ('calls', 'call_events', 'call_quarters', 'call_quarter_parts', 'call_day_parts')")) {
            while (row.next()) {
                say("%-20s %10s  %,d rows", row.getString(1), row.getString(2), row.getLong(3));
            }
        }
    }

    private static void say(String form, Object... values) {
        System.out.println("many calls: " + form.formatted(values));
    }
}
