package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Caches answers for a while, only the newest ones. Thread-safe; if two threads need one name at the same time, both query. */
final class KeptDns implements Dns {
    private record Question(String type, String name) {}

    /** @param until expiry by the clock, in nanoseconds */
    private record Answer(List<?> records, long until) {}

    private final Dns dns;
    private final LocateSettings settings;
    private final LongSupplier clock;
    private final Map<Question, Answer> kept;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    KeptDns(Dns dns, LocateSettings settings, LongSupplier clock) {
        this.dns = dns;
        this.settings = settings;
        this.clock = clock;
        this.kept = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
                return size() > settings.names();
            }
        };
    }

    @Override
    public List<Naptr> naptr(String domain) {
        return answer("NAPTR", domain, dns::naptr);
    }

    @Override
    public List<Srv> srv(String name) {
        return answer("SRV", name, dns::srv);
    }

    @Override
    public List<InetAddress> addresses(String host) {
        return answer("A", host, dns::addresses);
    }

    @SuppressWarnings("unchecked")
    private <R> List<R> answer(String type, String name, Function<String, List<R>> asker) {
        var question = new Question(type, name.toLowerCase(java.util.Locale.ROOT));
        synchronized (kept) {
            Answer known = kept.get(question);
            if (known != null && known.until - clock.getAsLong() > 0) {
                return (List<R>) known.records;
            }
        }
        List<R> records = List.copyOf(asker.apply(name));
        long nanos = (records.isEmpty() ? settings.keptFailure() : settings.kept()).toNanos();
        synchronized (kept) {
            kept.remove(question);
            kept.put(question, new Answer(records, clock.getAsLong() + nanos));
        }
        return records;
    }
}
