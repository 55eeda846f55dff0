package dev.trunkline.dispatcher.warm;

/** Told what becomes of rooms in which agents wait. */
public interface WarmCounts {
    /** A call was put into one, or none waited. */
    void given(boolean room);

    /** LiveKit made one. */
    void made();

    /** One was closed that no call was in. */
    void closed();

    /** One could not be made. */
    void failed();
}
