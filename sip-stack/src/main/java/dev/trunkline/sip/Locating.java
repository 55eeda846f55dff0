package dev.trunkline.sip;

import java.util.List;

/** Where a destination is (RFC 3263). Called on a thread that may wait. */
@FunctionalInterface
interface Locating {
    /** @return in the order in which they are to be tried; empty if there is none */
    List<Hop> of(Destination destination);
}
