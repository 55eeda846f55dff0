package dev.trunkline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Reads the names of the keys that the suite's Redis holds (RESP2, inline commands). */
final class RedisKeys {
    private static final int PATIENCE_MILLIS = 5_000;

    private RedisKeys() {}

    /** @throws IOException if Redis does not answer, or not with a list of names */
    static Set<String> of(int port, String password) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nKEYS *\r\n").getBytes(StandardCharsets.US_ASCII));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (!"+OK".equals(answers.readLine())) {
                throw new IOException("Redis on port " + port + " does not accept the suite's password");
            }
            return names(answers);
        }
    }

    /** Parses an array of bulk strings: its length, and for each name the length of the name and then the name, each on a line. */
    static Set<String> names(BufferedReader answer) throws IOException {
        long count = length(answer.readLine(), '*');
        Set<String> names = new HashSet<>();
        for (long i = 0; i < count; i++) {
            length(answer.readLine(), '$');
            names.add(answer.readLine());
        }
        return names;
    }

    private static long length(String line, char type) throws IOException {
        if (line == null || !line.matches("[" + type + "]\\d{1,18}")) {
            throw new IOException("Redis does not say which keys it has: " + line);
        }
        return Long.parseLong(line.substring(1));
    }
}
