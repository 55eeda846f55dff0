package dev.trunkline.router.provisioning;

/**
 * By what LiveKit knows an item.
 *
 * @param id {@code ST_…} or {@code SDR_…}; an old trunk that was made for both directions is an inbound and an outbound one of one id
 */
public record ItemKey(Kind kind, String id) implements Comparable<ItemKey> {
    @Override
    public int compareTo(ItemKey other) {
        int kinds = kind.compareTo(other.kind);
        return kinds != 0 ? kinds : id.compareTo(other.id);
    }
}
