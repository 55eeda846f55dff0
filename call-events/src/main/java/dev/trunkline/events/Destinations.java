package dev.trunkline.events;

import java.util.List;

/**
 * Where calls go.
 *
 * @param countries ISO 3166 regions
 * @param prefixes beginnings of numbers as E.164 has them, with the plus
 */
public record Destinations(List<String> countries, List<String> prefixes) {

    public Destinations {
        countries = countries == null ? List.of() : List.copyOf(countries);
        prefixes = prefixes == null ? List.of() : List.copyOf(prefixes);
    }
}
