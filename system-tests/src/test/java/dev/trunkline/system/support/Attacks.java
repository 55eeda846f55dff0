package dev.trunkline.system.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parts of the suite that a test class attacks. If no call succeeds any more after one of its tests has failed, these parts are
 * restarted, so that one fault is one failing test.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Attacks {
    /** Names of parts, such as {@code sip-edge}. */
    String[] value();
}
