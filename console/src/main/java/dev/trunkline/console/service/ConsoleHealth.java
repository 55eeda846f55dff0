package dev.trunkline.console.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers, and what the console shows is up to date. */
@Readiness
public class ConsoleHealth implements HealthCheck {
    private final Console console;

    public ConsoleHealth(Console console) {
        this.console = console;
    }

    @Override
    public HealthCheckResponse call() {
        boolean database = console.databaseAnswers();
        return HealthCheckResponse.named("console")
                .status(database && console.works())
                .withData("database", database ? "answers" : "DOES NOT ANSWER: nobody can sign in, and events wait on Kafka")
                .withData("kafka", console.kafka())
                .build();
    }
}
