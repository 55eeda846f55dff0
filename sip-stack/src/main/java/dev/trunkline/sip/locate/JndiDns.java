package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Queries with the JDK's means: its DNS directory for NAPTR and SRV, the system's resolver (with its hosts file) for addresses. */
final class JndiDns implements Dns {
    /** Records used per answer; the rest is ignored. */
    private static final int MOST = 32;
    /** Addresses used per name. */
    private static final int MOST_ADDRESSES = 8;
    private static final int LONGEST_RECORD = 1_024;

    /** Resolves names to addresses; may wait. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Hashtable<String, String> environment = new Hashtable<>();
    private final Resolver resolver;

    JndiDns(LocateSettings settings, Resolver resolver) {
        this.resolver = resolver;
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", settings.servers().isEmpty()
                ? "dns:"
                : String.join(" ", settings.servers().stream().map(server -> "dns://" + server).toList()));
        environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(Math.max(1, settings.question().toMillis())));
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
    }

    @Override
    public List<Naptr> naptr(String domain) {
        return records(domain, "NAPTR", JndiDns::naptrOf);
    }

    @Override
    public List<Srv> srv(String name) {
        return records(name, "SRV", JndiDns::srvOf);
    }

    @Override
    public List<InetAddress> addresses(String host) {
        try {
            InetAddress[] all = resolver.addresses(host);
            return List.of(all).subList(0, Math.min(all.length, MOST_ADDRESSES));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private <R> List<R> records(String name, String type, Function<String, Optional<R>> reader) {
        var records = new ArrayList<R>();
        try {
            // Created each time: a context is for one thread, and costs no connection.
            var context = new InitialDirContext(environment);
            try {
                Attribute found = context.getAttributes(name, new String[] {type}).get(type);
                NamingEnumeration<?> values = found == null ? null : found.getAll();
                for (int i = 0; values != null && i < MOST && values.hasMore(); i++) {
                    if (values.next() instanceof String text && text.length() <= LONGEST_RECORD) {
                        reader.apply(text).ifPresent(records::add);
                    }
                }
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            // No such name, no answer in time, or a server that refuses: there are no records.
            return List.of();
        }
        return records;
    }

    /** Parses {@code order preference flags service regexp replacement}, separated by blanks; the regexp may contain blanks. */
    static Optional<Naptr> naptrOf(String text) {
        int[] ends = new int[4];
        int at = -1;
        for (int i = 0; i < ends.length; i++) {
            at = text.indexOf(' ', at + 1);
            if (at < 0) {
                return Optional.empty();
            }
            ends[i] = at;
        }
        int order = number(text.substring(0, ends[0]));
        int preference = number(text.substring(ends[0] + 1, ends[1]));
        String replacement = withoutDot(text.substring(text.lastIndexOf(' ') + 1));
        return order < 0 || preference < 0
                ? Optional.empty()
                : Optional.of(new Naptr(order, preference, text.substring(ends[1] + 1, ends[2]),
                        text.substring(ends[2] + 1, ends[3]), replacement));
    }

    /** Parses {@code priority weight port target}. */
    static Optional<Srv> srvOf(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        int third = text.indexOf(' ', second + 1);
        if (first < 0 || second < 0 || third < 0) {
            return Optional.empty();
        }
        int priority = number(text.substring(0, first));
        int weight = number(text.substring(first + 1, second));
        int port = number(text.substring(second + 1, third));
        return priority < 0 || weight < 0 || port < 0
                ? Optional.empty()
                : Optional.of(new Srv(priority, weight, port, withoutDot(text.substring(third + 1))));
    }

    /** Parses a number from 0 to 65535; otherwise returns -1. */
    private static int number(String digits) {
        try {
            int number = Integer.parseInt(digits);
            return number >= 0 && number < 65_536 ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
