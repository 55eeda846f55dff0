package dev.trunkline.events;

import java.util.Optional;

/**
 * How a trunk wants numbers written: in its form, then without what is to be stripped, then with what is to be added.
 *
 * @param country ISO 3166 region of its number plan; empty where it has none
 * @param strip what is taken away where a number begins so; empty for nothing
 * @param add what is put before a number; empty for nothing
 * @param followsRedirects whether a call whose other side answers 3xx is made where that says, as far as the trunk may call there; empty
 *     for no
 */
public record Dialling(NumberForm form, Optional<String> country, String strip, String add, Optional<Boolean> followsRedirects) {

    public Dialling {
        country = country == null ? Optional.empty() : country;
        followsRedirects = followsRedirects == null ? Optional.empty() : followsRedirects;
    }
}
