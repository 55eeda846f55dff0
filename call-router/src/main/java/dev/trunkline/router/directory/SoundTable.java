package dev.trunkline.router.directory;

import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundLanguages;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sounds that exist, without their files. Immutable. */
public final class SoundTable {
    public static final SoundTable NONE = new SoundTable(List.of());
    private static final String SUITE = "";

    /** @param isDefault whether it is played if the sound does not exist in the wanted language */
    public record Entry(SoundKey key, boolean isDefault) {}

    private record Named(String organisation, String name) {}

    private static final class Languages {
        private final Set<String> there = new HashSet<>();
        private Optional<String> byDefault = Optional.empty();
    }

    private final Map<Named, Languages> sounds = new HashMap<>();

    public SoundTable(List<Entry> entries) {
        entries.forEach(entry -> {
            SoundKey key = entry.key();
            Languages languages = sounds.computeIfAbsent(new Named(key.organisation(), key.name()), unseen -> new Languages());
            languages.there.add(key.language());
            if (entry.isDefault()) {
                languages.byDefault = Optional.of(key.language());
            }
        });
    }

    /** Returns whether an organisation, or the suite, has a sound of this name. @param organisationId empty for the suite's alone */
    public boolean has(Optional<String> organisationId, String name) {
        return organisationId.map(id -> new Named(id, name)).filter(sounds::containsKey).isPresent() || sounds.containsKey(new Named(SUITE, name));
    }

    /** Returns what is played to a caller of an organisation: its own sound of the name before the suite's, in the closest language. */
    public Optional<SoundKey> pick(String organisationId, String name, String language) {
        String owner = sounds.containsKey(new Named(organisationId, name)) ? organisationId : SUITE;
        return Optional.ofNullable(sounds.get(new Named(owner, name)))
                .flatMap(languages -> SoundLanguages.pick(languages.there, languages.byDefault, language))
                .map(picked -> new SoundKey(owner, name, picked));
    }
}
