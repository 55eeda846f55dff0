package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.hostile.RawSip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Calls with wrong passwords, from any address, to an edge that has a trunk which is known by its password alone. */
public final class PasswordGuesses {
    private static final Duration CHALLENGED = Duration.ofMillis(300);
    private static final Duration IN_VAIN = Duration.ofSeconds(2);
    private static final String CALLER = "+32470840001";

    private PasswordGuesses() {}

    /** Returns whether a call from this address is asked for a password. */
    public static boolean isChallenged(String address, InetSocketAddress edge) {
        try (RawSip caller = RawSip.open(address, edge)) {
            String invite = caller.invite(HostileTrunks.ECHO, CALLER);
            caller.send(invite);
            return caller.finalResponse(invite, CHALLENGED).filter(answer -> RawSip.status(answer) == 401).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a challenge with a wrong password, which is refused. */
    public static void guess(String address, InetSocketAddress edge, String user) throws IOException {
        try (RawSip guesser = RawSip.open(address, edge)) {
            String invite = guesser.invite(HostileTrunks.ECHO, CALLER);
            guesser.send(invite);
            Optional<String> challenge = guesser.finalResponse(invite, IN_VAIN);
            if (challenge.isEmpty()) {
                return;
            }
            guesser.send(guesser.ack(invite, challenge.get()));
            String header = challenge.get().lines().filter(line -> line.contains("Digest")).findFirst().orElse("");
            String uri = invite.substring("INVITE ".length(), invite.indexOf(" SIP/2.0"));
            String authorization = "Authorization: Digest username=\"" + user + "\", realm=\"" + parameter(header, "realm") + "\", nonce=\""
                    + parameter(header, "nonce") + "\", uri=\"" + uri + "\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=MD5, response=\""
                    + "0".repeat(32) + "\"\r\n";
            String second = guesser.invite(HostileTrunks.ECHO, CALLER)
                    .replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + authorization);
            guesser.send(second);
            Optional<String> refusal = guesser.finalResponse(second, IN_VAIN);
            if (refusal.isPresent()) {
                assertThat(RawSip.status(refusal.get())).as("the answer to a wrong password").isBetween(400, 599);
                guesser.send(guesser.ack(second, refusal.get()));
            }
        }
    }

    private static String parameter(String header, String name) {
        return header.replaceFirst(".*\\b" + name + "=\"([^\"]*)\".*", "$1");
    }
}
