package dev.trunkline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Counts the keys that the suite's Redis holds (RESP2, inline commands). */
final class RedisKeys {
    private static final int PATIENCE_MILLIS = 5_000;

    private RedisKeys() {}

    static long count(int port, String password) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nDBSIZE\r\n").getBytes(StandardCharsets.US_ASCII));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String let = answers.readLine();
            String size = answers.readLine();
            if (!"+OK".equals(let) || size == null || !size.matches(":\\d{1,18}")) {
                throw new IOException("Redis on port " + port + " does not say how many keys it has");
            }
            return Long.parseLong(size.substring(1));
        }
    }
}
