package dev.trunkline.console.many;

import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Fills a database of your own with generated calls, without a console:
 * {@code ../mvnw test -Dtest=ManyCallsFill -Dconsole.database=jdbc:postgresql://127.0.0.1:5432/many -Dconsole.many=10000000}. Its owner
 * is {@code postgres}, without a password. <b>The calls that it contains are deleted.</b> A fill that was stopped continues when it is
 * run again. Not part of the test run.
 */
class ManyCallsFill {
    @Test
    void fill() throws Exception {
        var database = new PGSimpleDataSource();
        database.setUrl(System.getProperty("console.database"));
        database.setUser("postgres");
        Flyway.configure().dataSource(database).load().migrate();
        long calls = Long.getLong("console.many");
        long begin = System.nanoTime();
        new Filling(database, GeneratedCalls.untilToday(calls, Instant.now()), new Names("0198b5ad-0000-7000-8000-000000000001"),
                text -> System.out.printf("fill, %.0f s: %s%n", (System.nanoTime() - begin) / 1e9, text)).fill();
    }
}
