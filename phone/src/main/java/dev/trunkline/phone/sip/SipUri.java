package dev.trunkline.phone.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of SIP URIs and addresses that a phone reads (RFC 3261 19.1, 20.10). */
public final class SipUri {

    private static final int DEFAULT_PORT = 5060;
    private static final Pattern HOST_PORT = Pattern.compile("^sips?:(?:[^@]*@)?(\\[[0-9a-fA-F:.]+]|[^:;?>\\s]+)(?::(\\d{1,5}))?.*$");

    private SipUri() {}

    /** Returns the URI inside an address header such as {@code "Ann" <sip:ann@host>;tag=1}. */
    public static String ofAddress(String address) {
        int open = openBracket(address);
        if (open >= 0) {
            int close = address.indexOf('>', open);
            if (close < 0) {
                throw new SipParseException("no closing bracket: " + address);
            }
            return address.substring(open + 1, close).strip();
        }
        // Without brackets, parameters belong to the header (RFC 3261 20.10).
        return address.split(";", 2)[0].strip();
    }

    /** Returns a parameter of a header value, outside brackets. */
    public static Optional<String> parameter(String value, String name) {
        int open = openBracket(value);
        String tail = open >= 0 ? value.substring(Math.max(open, value.indexOf('>', open))) : value;
        for (String part : tail.split(";")) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (key.equalsIgnoreCase(name)) {
                return Optional.of(equals < 0 ? "" : part.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** Returns where a request with this URI goes. */
    public static InetSocketAddress destination(String uri) {
        Matcher matcher = HOST_PORT.matcher(uri);
        if (!matcher.matches()) {
            throw new SipParseException("not a SIP URI with a host: " + uri);
        }
        int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
        try {
            return new InetSocketAddress(InetAddress.getByName(matcher.group(1)), port);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new SipParseException("no such destination: " + uri);
        }
    }

    /** Returns {@code host:port} as written in a URI or a Via. */
    public static String hostPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static int openBracket(String value) {
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
