package dev.trunkline.router.livekit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of LiveKit's cannot contain: the names that things have here.
 *
 * @param trunk for every trunk id that has no name of its own here, and for rules that name no trunk; also the name of
 *     a single trunk in the file
 * @param trunkNames our names by LiveKit's trunk ids ({@code ST_…})
 * @param organisation whose rules they become; without it a rule is for numbers of every organisation
 * @param trunklessAreWildcards whether a rule that names no trunk takes the calls of every trunk, as in LiveKit,
 *     without saying {@code wildcard: true}
 * @param trunks names of the trunks that exist already
 */
public record ImportOptions(
        Optional<String> trunk,
        Map<String, String> trunkNames,
        Optional<String> organisation,
        boolean trunklessAreWildcards,
        Set<String> trunks) {

    public ImportOptions {
        trunkNames = Map.copyOf(trunkNames);
        trunks = Set.copyOf(trunks);
    }
}
