package dev.trunkline.events;

import java.util.Optional;

/**
 * How a trunk wants numbers written: in its form, then with a prefix stripped, then with a prefix added.
 *
 * @param country ISO 3166 region of its number plan; empty if it has none
 * @param strip prefix that is removed from a number that begins with it; empty for nothing
 * @param add prefix that is put before a number; empty for nothing
 * @param followsRedirects whether a call whose other side answers 3xx is made to the address given there, if the trunk may call it;
 *     empty for no
 */
public record Dialling(NumberForm form, Optional<String> country, String strip, String add, Optional<Boolean> followsRedirects) {

    public Dialling {
        country = country == null ? Optional.empty() : country;
        followsRedirects = followsRedirects == null ? Optional.empty() : followsRedirects;
    }
}
