package dev.trunkline.dispatcher.warm;

import java.util.random.RandomGenerator;

/**
 * Names of rooms in which agents wait: {@code <prefix>_warm_<instance>_<life><random>}. They say which process they belong to, and to which
 * run of it, so the next run knows what the previous one has left behind. Pure except for the random numbers. Thread-safe if they are.
 */
final class WarmNames {
    private static final String CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final String MARK = "_warm_";
    private static final int LIFE = 4;
    private static final int RANDOM = 8;

    private final RandomGenerator random;
    private final String own;
    private final String life;

    /** @param instance this process's name, which stays the same after a restart */
    WarmNames(String instance, RandomGenerator random) {
        this.random = random;
        this.own = instance + "_";
        this.life = characters(LIFE);
    }

    /** Returns a name that was never used. @param prefix of the rule's rooms; may be empty */
    String next(String prefix) {
        return prefix + MARK + own + life + characters(RANDOM);
    }

    /** Whether an earlier run of this process created a room of this name. */
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
