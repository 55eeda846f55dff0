package dev.trunkline.console.trace;

import dev.trunkline.console.calls.Holds;
import dev.trunkline.events.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long a call was on hold. Phone and room hold independently, so the two times may overlap. Pure.
 *
 * @param byPhoneMillis the phone held the call
 * @param byRoomMillis a participant in the room, an agent or a person, held the caller
 */
public record HoldTimes(long byPhoneMillis, long byRoomMillis) {

    /**
     * A hold that has not ended counts up to the last event.
     *
     * @param events of one call, in order
     * @return empty for a call that was not held
     */
    static Optional<HoldTimes> of(List<Envelope> events) {
        Holds now = Holds.NONE;
        boolean held = false;
        long byPhone = 0;
        long byRoom = 0;
        Instant before = events.getFirst().time();
        for (Envelope event : events) {
            long passed = Math.max(0, Duration.between(before, event.time()).toMillis());
            byPhone += now.byPhone() ? passed : 0;
            byRoom += now.byRoom().isPresent() ? passed : 0;
            now = now.after(event.record());
            held |= now.any();
            before = event.time();
        }
        return held ? Optional.of(new HoldTimes(byPhone, byRoom)) : Optional.empty();
    }
}
