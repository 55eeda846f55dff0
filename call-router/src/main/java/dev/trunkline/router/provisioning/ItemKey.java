package dev.trunkline.router.provisioning;

/**
 * LiveKit's identification of an item.
 *
 * @param id {@code ST_…} or {@code SDR_…}; an old trunk that was created for both directions is an inbound and an
 *     outbound one with the same id
 */
public record ItemKey(Kind kind, String id) implements Comparable<ItemKey> {
    @Override
    public int compareTo(ItemKey other) {
        int kinds = kind.compareTo(other.kind);
        return kinds != 0 ? kinds : id.compareTo(other.id);
    }
}
