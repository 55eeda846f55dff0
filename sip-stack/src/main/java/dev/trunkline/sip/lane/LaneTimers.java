package dev.trunkline.sip.lane;

import java.util.Arrays;
import java.util.Optional;

/**
 * The timers of one lane: a heap ordered by expiry. A stopped timer is removed at once, so that nothing is held for a timer
 * that is no longer needed. Not thread-safe.
 */
final class LaneTimers {
    private LaneTimer[] heap = new LaneTimer[64];
    private int size;

    int size() {
        return size;
    }

    void add(LaneTimer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        put(timer, size++);
        up(timer.place());
    }

    /** Removes a timer. Does nothing if it is not in the heap. */
    void remove(LaneTimer timer) {
        int place = timer.place();
        if (place < 0 || place >= size || heap[place] != timer) {
            return;
        }
        LaneTimer last = heap[--size];
        heap[size] = null;
        timer.place(LaneTimer.NOWHERE);
        if (last != timer) {
            put(last, place);
            up(place);
            down(last.place());
        }
    }

    /** Returns the nanoseconds until the first timer expires, 0 if it has expired; {@code withoutAny} if there is none. */
    long untilFirst(long now, long withoutAny) {
        return size == 0 ? withoutAny : Math.max(0, Math.min(withoutAny, heap[0].due() - now));
    }

    /** Removes and returns the first timer if it has expired. */
    Optional<LaneTimer> due(long now) {
        if (size == 0 || heap[0].due() - now > 0) {
            return Optional.empty();
        }
        LaneTimer first = heap[0];
        remove(first);
        return Optional.of(first);
    }

    private void up(int from) {
        int place = from;
        while (place > 0 && heap[place].due() - heap[(place - 1) / 2].due() < 0) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void down(int from) {
        int place = from;
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && heap[child + 1].due() - heap[child].due() < 0) {
                child++;
            }
            if (heap[place].due() - heap[child].due() <= 0) {
                return;
            }
            swap(place, child);
            place = child;
        }
    }

    private void swap(int one, int other) {
        LaneTimer timer = heap[one];
        put(heap[other], one);
        put(timer, other);
    }

    private void put(LaneTimer timer, int place) {
        heap[place] = timer;
        timer.place(place);
    }
}
