package dev.trunkline.system.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Redis client like an operator's command line (RESP2), which can see everything that Redis holds. */
public final class Redis implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private Redis(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects. @param address {@code redis://:password@host:port} */
    static Redis connect(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(10_000);
        Redis redis = new Redis(socket);
        redis.command("AUTH", address.getUserInfo().substring(1));
        return redis;
    }

    /** Deletes everything. */
    public void flushAll() throws IOException {
        command("FLUSHALL");
    }

    /** Returns the keys that match a pattern of {@code KEYS}. */
    public List<String> keys(String pattern) throws IOException {
        return texts(command("KEYS", pattern));
    }

    /** Returns whether a key expires by itself, or is gone already. */
    public boolean expires(String key) throws IOException {
        // -1 is a key without an expiry, -2 no key.
        return !"-1".equals(command("TTL", key));
    }

    /** Returns the number of keys. */
    public int size() throws IOException {
        return Integer.parseInt((String) command("DBSIZE"));
    }

    /** Returns the number of members of the sorted sets whose keys match a pattern. */
    public int members(String pattern) throws IOException {
        int members = 0;
        for (String key : keys(pattern)) {
            members += Integer.parseInt((String) command("ZCARD", key));
        }
        return members;
    }

    /** Returns every key with its value, as text. */
    public String everything() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String key : texts(command("KEYS", "*"))) {
            text.append(key).append(" = ").append(valueOf(key)).append('\n');
        }
        return text.toString();
    }

    private Object valueOf(String key) throws IOException {
        return switch ((String) command("TYPE", key)) {
            case "string" -> command("GET", key);
            case "hash" -> command("HGETALL", key);
            case "set" -> command("SMEMBERS", key);
            case "list" -> command("LRANGE", key, "0", "-1");
            case "zset" -> command("ZRANGE", key, "0", "-1", "WITHSCORES");
            // The key expired in the meantime.
            case "none" -> "";
            case String type -> throw new IllegalStateException("no way to read a " + type + ", which is under " + key);
        };
    }

    private static List<String> texts(Object reply) {
        return reply instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    private Object command(String... words) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
            request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(bytes);
            request.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().write(request.toByteArray());
        return reply();
    }

    private Object reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("Redis says " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private List<Object> array(int length) throws IOException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(reply());
        }
        return items;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
