package dev.trunkline.events;

import java.util.List;

/**
 * Destinations of calls.
 *
 * @param countries ISO 3166 regions
 * @param prefixes of numbers in E.164, with the plus
 */
public record Destinations(List<String> countries, List<String> prefixes) {

    public Destinations {
        countries = countries == null ? List.of() : List.copyOf(countries);
        prefixes = prefixes == null ? List.of() : List.copyOf(prefixes);
    }
}
