package dev.trunkline.relay.sounds;

import dev.trunkline.events.sounds.SoundFile;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundLanguages;
import dev.trunkline.events.sounds.SoundRecord;
import dev.trunkline.events.sounds.UnusableSoundException;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.rtc.codec.OpusCodec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sounds of the directory in memory: their files, and decoded audio of those played recently, so that a sound is
 * decoded once and not for each caller. Both are bounded. Thread-safe; nobody waits here for a decoder.
 */
public final class SoundLibrary {
    /** Limit for all files together: some hundreds of the longest. A sound that would exceed it is not accepted. */
    static final long MOST_OCTETS = 128L * 1_024 * 1_024;
    /** Limit for all decoded audio: 20 min. The least recently played goes first. */
    static final long MOST_DECODED_OCTETS = 64L * 1_024 * 1_024;
    private static final String SUITE = "";

    /** A sound that was found. @param language in which it is played; empty for none */
    public record Found(String language, SoundRecord sound) {}

    private record Named(String organisation, String name) {}

    private final SoundDecoder decoder;
    private final long mostOctets;
    private final long mostDecoded;
    /** By language. */
    private final Map<Named, Map<String, SoundRecord>> sounds = new HashMap<>();
    /** By the SHA-256 of the file, least recently used first. */
    private final Map<String, Recording> decoded = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;
    private long decodedOctets;

    public SoundLibrary(OpusCodec opus) {
        this(opus, MOST_OCTETS, MOST_DECODED_OCTETS);
    }

    SoundLibrary(OpusCodec opus, long mostOctets, long mostDecoded) {
        this.decoder = new SoundDecoder(opus);
        this.mostOctets = mostOctets;
        this.mostDecoded = mostDecoded;
    }

    /** @return false if there is no room for it; then the sound previously stored under its key is gone too */
    synchronized boolean put(SoundRecord sound) {
        remove(sound.key());
        if (octets + sound.file().length > mostOctets) {
            return false;
        }
        octets += sound.file().length;
        sounds.computeIfAbsent(named(sound.key()), unseen -> new TreeMap<>()).put(sound.key().language(), sound);
        return true;
    }

    synchronized void remove(SoundKey key) {
        Optional.ofNullable(sounds.get(named(key))).ifPresent(languages -> {
            Optional.ofNullable(languages.remove(key.language())).ifPresent(gone -> octets -= gone.file().length);
            if (languages.isEmpty()) {
                sounds.remove(named(key));
            }
        });
    }

    private static Named named(SoundKey key) {
        return new Named(key.organisation(), key.name());
    }

    /**
     * Finds the sound for a caller of an organisation: the organisation's own before the suite's, in the closest language.
     *
     * @param organisation id
     * @param language BCP 47; empty for none
     */
    public synchronized Optional<Found> find(String organisation, String name, String language) {
        Map<String, SoundRecord> languages = Optional.ofNullable(sounds.get(new Named(organisation, name)))
                .or(() -> Optional.ofNullable(sounds.get(new Named(SUITE, name))))
                .orElseGet(Map::of);
        Optional<String> byDefault = languages.values().stream().filter(SoundRecord::isDefault).map(sound -> sound.key().language()).findFirst();
        return SoundLanguages.pick(languages.keySet(), byDefault, language).map(picked -> new Found(picked, languages.get(picked)));
    }

    /** Returns the number of sounds, each language counted. */
    public synchronized int count() {
        return sounds.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Decodes a sound, unless that was done recently; takes up to a second.
     *
     * @throws UnusableSoundException if its file cannot be played
     */
    public Recording decoded(SoundRecord sound) throws UnusableSoundException {
        Optional<Recording> known = known(sound.sha256());
        if (known.isPresent()) {
            return known.get();
        }
        Recording recording = decoder.decode(SoundFile.read(sound.file()));
        keep(sound.sha256(), recording);
        return recording;
    }

    private synchronized Optional<Recording> known(String sha256) {
        return Optional.ofNullable(decoded.get(sha256));
    }

    private synchronized void keep(String sha256, Recording recording) {
        if (decoded.putIfAbsent(sha256, recording) == null) {
            decodedOctets += recording.octets();
        }
        Iterator<Recording> oldest = decoded.values().iterator();
        while (decodedOctets > mostDecoded && oldest.hasNext()) {
            decodedOctets -= oldest.next().octets();
            oldest.remove();
        }
    }
}
