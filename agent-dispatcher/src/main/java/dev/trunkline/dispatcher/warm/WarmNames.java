package dev.trunkline.dispatcher.warm;

import java.util.random.RandomGenerator;

/**
 * Names of rooms in which agents wait: {@code <prefix>_warm_<instance>_<life><random>}. They say whose they are, and of which life of this process,
 * so that the next one knows what the one before has left behind. Pure but for the random numbers. Thread-safe if they are.
 */
final class WarmNames {
    private static final String CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final String MARK = "_warm_";
    private static final int LIFE = 4;
    private static final int RANDOM = 8;

    private final RandomGenerator random;
    private final String own;
    private final String life;

    /** @param instance this process's name, which its next life has too */
    WarmNames(String instance, RandomGenerator random) {
        this.random = random;
        this.own = instance + "_";
        this.life = characters(LIFE);
    }

    /** One that never was. @param prefix of the rule's rooms; may be empty */
    String next(String prefix) {
        return prefix + MARK + own + life + characters(RANDOM);
    }

    /** Whether an earlier life of this process made a room of this name. */
    boolean leftBehind(String room) {
        int mark = room.lastIndexOf(MARK + own);
        if (mark < 0) {
            return false;
        }
        String rest = room.substring(mark + MARK.length() + own.length());
        return rest.length() == LIFE + RANDOM && rest.chars().allMatch(c -> CHARACTERS.indexOf(c) >= 0) && !rest.startsWith(life);
    }

    private String characters(int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
