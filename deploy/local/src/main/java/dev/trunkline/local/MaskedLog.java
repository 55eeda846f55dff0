package dev.trunkline.local;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Copies the log of livekit-server to a file without callers' numbers. LiveKit logs participant identities, and the
 * identity that agents expect of a caller is {@code sip_<number>}; a suite that promises logs without numbers has to
 * mask it on the way.
 */
final class MaskedLog {
    private static final Pattern NUMBER = Pattern.compile("(sip_|Phone |\\+)\\d{5,15}");

    private MaskedLog() {}

    static void copy(InputStream from, Path to) {
        Thread.ofVirtual().name("log-" + to.getFileName()).start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
                    var log = new BufferedWriter(
                            new OutputStreamWriter(OwnerOnly.appendTo(to), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.write(mask(line));
                    log.newLine();
                    log.flush();
                }
            } catch (IOException e) {
                // The server was stopped: its pipe is closed, and its log is complete as far as it came.
                return;
            }
        });
    }

    static String mask(String line) {
        return NUMBER.matcher(line).replaceAll("$1…");
    }
}
