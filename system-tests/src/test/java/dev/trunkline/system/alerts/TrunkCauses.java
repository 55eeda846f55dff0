package dev.trunkline.system.alerts;

import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.PasswordGuesses;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What is wrong with trunks: their names, gateways, registrars and certificates, and whoever calls by them. */
final class TrunkCauses {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STRANGER = "127.0.1.100";
    private static final int STRANGERS = 40;
    private static final int GUESSES_EACH = 2;

    private TrunkCauses() {}

    static Cause hostNameUnknown() {
        return Cause.of("TrunklineHostNameUnknown", "a trunk calls from a host whose name does not exist", suite -> {
            suite.apply("""
                    trunks:
                      - {name: alerts-nowhere, addresses: ["no-such-host.invalid"], country: BE}
                    """);
            return () -> suite.remove("/trunks/alerts-nowhere");
        });
    }

    static Cause gatewayDown() {
        return Cause.of("TrunklineGatewayDown", "the gateway of an outbound trunk does not answer any more", suite -> {
            CalledPhone.open(suite.guarded().router()).close();
            return () -> {
                try (CalledPhone again = CalledPhone.open(suite.guarded().router())) {
                    suite.awaitGone("TrunklineGatewayDown");
                    suite.remove("/outbound-trunks/" + CalledPhone.TRUNK);
                }
            };
        });
    }

    static Cause trunkNotRegistered() {
        return Cause.of("TrunklineTrunkNotRegistered", "the registrar of a trunk is overloaded", suite -> {
            Registrar registrar = Registrar.open();
            suite.apply("""
                    outbound_trunks:
                      - name: alerts-registered
                        organisation: demo
                        gateways: [{host: %s, port: %d, transport: udp}]
                        account: {username: alerts, password: "of no importance"}
                        register: true
                        caller_id: {number: "+3225550100"}
                        dialling: {country: BE}
                    """.formatted(WatchedSuite.ADDRESS, registrar.port()));
            return () -> {
                try (registrar) {
                    registrar.recover();
                    suite.awaitGone("TrunklineTrunkNotRegistered");
                    suite.remove("/outbound-trunks/alerts-registered");
                }
            };
        });
    }

    static Cause passwordsGuessed() {
        return Cause.of("TrunklinePasswordsGuessed", "a trunk's password is guessed from many addresses", suite -> {
            suite.apply("""
                    trunks:
                      - {name: alerts-guessed, country: BE, users: [{username: alerts-guessed, password: "not that easy"}]}
                    """);
            Await.until("the edge asks for the password", PATIENCE, () -> PasswordGuesses.isChallenged(STRANGER, suite.edge()));
            guess(suite.edge());
            // This trunk may call from any address: as long as it exists, every stranger is asked for a password.
            return () -> suite.remove("/trunks/alerts-guessed");
        });
    }

    private static void guess(InetSocketAddress edge) throws Exception {
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> guessing = new ArrayList<>();
            for (int i = 1; i <= STRANGERS; i++) {
                String address = "127.0.1." + i;
                guessing.add(strangers.submit(() -> {
                    for (int guess = 0; guess < GUESSES_EACH; guess++) {
                        PasswordGuesses.guess(address, edge, "alerts-guessed");
                    }
                    return null;
                }));
            }
            for (Future<?> guess : guessing) {
                guess.get();
            }
        }
    }

    static Cause certificateRefused() {
        return Cause.of("TrunklineCertificateRefused", "the edge's new certificate does not belong to its key", suite -> {
            suite.certificate().use(EdgeCertificate.Kind.MIXED);
            return () -> suite.certificate().use(EdgeCertificate.Kind.GOOD);
        });
    }

    static Cause certificateEnds() {
        return Cause.of("TrunklineCertificateEnds", "the edge's certificate is valid for three days more", suite -> {
            suite.certificate().use(EdgeCertificate.Kind.ENDING);
            return () -> suite.certificate().use(EdgeCertificate.Kind.GOOD);
        });
    }
}
