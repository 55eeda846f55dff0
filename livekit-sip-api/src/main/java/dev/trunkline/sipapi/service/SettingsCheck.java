package dev.trunkline.sipapi.service;

import java.time.Duration;
import java.util.Set;

/** Rejects invalid settings, with messages that say what to do. */
final class SettingsCheck {
    private static final Set<String> WAYS = Set.of("bridge", "refer", "bridge-first", "refer-first");
    private static final int MOST_REQUESTS = 100_000;

    private SettingsCheck() {}

    /** @throws IllegalArgumentException for the first invalid setting */
    static SipApiSettings check(SipApiSettings settings) {
        SipApiSettings.LiveKitSip own = settings.livekitSip();
        own.transferWay().filter(way -> !WAYS.contains(way)).ifPresent(way -> {
            throw new IllegalArgumentException(
                    "trunkline.livekit-sip.transfer-way is " + way + "; it must be bridge, refer, bridge-first or refer-first");
        });
        require(own.affinity() >= 0 && own.affinity() <= 1, "affinity", Float.toString(own.affinity()), "0 to 1");
        require(own.lookBack().compareTo(Duration.ofMinutes(1)) >= 0, "look-back", own.lookBack().toString(), "a minute or more");
        require(own.mostRequests() >= 1 && own.mostRequests() <= MOST_REQUESTS, "most-requests",
                Integer.toString(own.mostRequests()), "1 to " + MOST_REQUESTS);
        own.inlineCountries().ifPresent(countries -> countries.forEach(country ->
                require(country.strip().matches("[A-Za-z]{2}"), "inline-countries", country, "country codes such as BE,FR")));
        return settings;
    }

    private static void require(boolean holds, String name, String value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("trunkline.livekit-sip." + name + " is " + value + "; it must be " + wanted);
        }
    }
}
