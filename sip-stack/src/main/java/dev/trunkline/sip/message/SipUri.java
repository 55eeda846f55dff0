package dev.trunkline.sip.message;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The parts of a SIP URI (RFC 3261 section 19.1) that routing needs.
 *
 * @param host without brackets
 * @param parameters from the first semicolon after the host, lower case; may be empty
 */
public record SipUri(String scheme, String host, OptionalInt port, String parameters) {

    /** @param text a URI or a name-addr, with or without angle brackets */
    public static SipUri parse(String text) {
        String uri = bare(text);
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        int at = rest.indexOf('@');
        String hostAndMore = at < 0 ? rest : rest.substring(at + 1);
        int end = firstOf(hostAndMore, ";?");
        String hostPort = hostAndMore.substring(0, end);
        String parameters = hostAndMore.substring(end).toLowerCase(Locale.ROOT);
        int portColon = hostPort.lastIndexOf(':');
        boolean hasPort = portColon > hostPort.lastIndexOf(']');
        String host = hasPort ? hostPort.substring(0, portColon) : hostPort;
        return new SipUri(scheme, unbracketed(host), hasPort ? port(hostPort.substring(portColon + 1)) : OptionalInt.empty(),
                parameters);
    }

    /** Returns the URI in a name-addr such as {@code "Name" <sip:a@b>;tag=c}. */
    public static String bare(String nameAddr) {
        int open = nameAddr.indexOf('<');
        if (open < 0) {
            return nameAddr.strip();
        }
        int close = nameAddr.indexOf('>', open);
        return nameAddr.substring(open + 1, close < 0 ? nameAddr.length() : close).strip();
    }

    /**
     * @param uri without angle brackets
     * @return the user part of a SIP URI without a password, or the number of a {@code tel:} URI; either with the parameters
     *     that belong to it (RFC 3966), such as {@code phone-context}. Empty if there is none
     */
    public static String user(String uri) {
        int colon = uri.indexOf(':');
        String rest = uri.substring(colon + 1);
        if (uri.regionMatches(true, 0, "tel:", 0, 4)) {
            return rest;
        }
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        int password = user.indexOf(':');
        return password < 0 ? user : user.substring(0, password);
    }

    /** Returns whether this is a loose router (RFC 3261 section 16.12). */
    public boolean loose() {
        return (parameters + ";").contains(";lr;") || parameters.contains(";lr=");
    }

    /**
     * Returns a URI parameter; headers after a question mark are not considered.
     *
     * @param name lower case; @return in lower case; an empty string if it has no value
     */
    public Optional<String> parameter(String name) {
        int question = parameters.indexOf('?');
        int to = question < 0 ? parameters.length() : question;
        int at = 0;
        while (at < to) {
            int semicolon = parameters.indexOf(';', at + 1);
            int end = semicolon < 0 || semicolon > to ? to : semicolon;
            if (parameters.startsWith(name, at + 1)) {
                int rest = at + 1 + name.length();
                if (rest == end) {
                    return Optional.of("");
                }
                if (rest < end && parameters.charAt(rest) == '=') {
                    return Optional.of(parameters.substring(rest + 1, end));
                }
            }
            at = end;
        }
        return Optional.empty();
    }

    private static OptionalInt port(String digits) {
        try {
            return OptionalInt.of(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
