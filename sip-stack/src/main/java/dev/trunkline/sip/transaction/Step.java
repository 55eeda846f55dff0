package dev.trunkline.sip.transaction;

import java.util.List;

/**
 * The result of an input.
 *
 * @param <S> states of the machine
 * @param state the new state
 */
public record Step<S>(S state, List<Action> actions) {
    static <S> Step<S> to(S state, Action... actions) {
        return new Step<>(state, List.of(actions));
    }
}
