package dev.trunkline.local;

import java.net.URI;

/** The table that {@code ./trunkline run} prints when the suite is ready. */
final class AddressTable {
    private AddressTable() {}

    static String of(Suite suite) {
        SuiteSettings settings = suite.settings();
        RunningSuite running = suite.running();
        StringBuilder table = new StringBuilder();
        row(table, "SIP (UDP, TCP)", "sip:" + settings.bind() + ":" + settings.sipPort());
        row(table, "RTP (UDP)", settings.bind() + ":" + settings.rtpPorts());
        row(table, "LiveKit", suite.backends().liveKit().toString());
        row(table, "Kafka", suite.backends().kafka());
        row(table, "Redis", suite.backends().redis().replaceFirst(":[^:/@]*@", ""));
        row(table, "Postgres", suite.backends().postgresUrl());
        running.health().forEach((service, page) -> row(table, service, page.replaceFirst("/q/health/ready$", "/q/metrics")));
        suite.consoleUrl().ifPresent(url -> console(table, suite, url));
        row(table, "keys, passwords", suite.secretsFile().toString());
        row(table, "logs", suite.logs().toString());
        table.append("\nCall it from another shell: ./trunkline call +3225550100      Stop: Ctrl-C\n");
        return table.toString();
    }

    /** Prints passwords only when they are generated: later the secrets file has them. */
    private static void console(StringBuilder table, Suite suite, URI url) {
        row(table, "open in a browser", url.toString());
        suite.newAccounts().forEach((name, password) -> row(table, "  sign in as", name + "   " + password));
        if (suite.newAccounts().isEmpty()) {
            row(table, "  sign in as", String.join(", ", suite.consoleAccounts().keySet())
                    + ": passwords are in the secrets file as console-NAME-password");
        }
    }

    private static void row(StringBuilder table, String what, String where) {
        table.append("  %-18s %s%n".formatted(what, where));
    }
}
