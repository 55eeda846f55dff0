package dev.trunkline.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Looking for libopus, on machines with and without it. */
class LibOpusTest {

    @Test
    void aMachineWithoutItIsNoError() {
        assertThat(LibOpus.find(List.of("libnosuchthing.so.0", "/nowhere/libopus.so"))).isEmpty();
        assertThat(LibOpus.find(List.of())).isEmpty();
    }

    @Test
    void anotherLibraryIsNotTakenForIt() {
        // The C library, under whichever name the system uses: it loads but has no opus_decode.
        assertThat(LibOpus.find(List.of("libc.so.6", "libSystem.dylib", "msvcrt.dll"))).isEmpty();
    }

    @Test
    void whatIsFoundIsUsedAndOtherwiseConcentus() {
        boolean found = LibOpus.find(LibOpus.USUAL_NAMES).isPresent();
        assertThat(OpusCodec.libopus().isPresent()).isEqualTo(found);
        assertThat(OpusCodec.available()).hasSize(found ? 2 : 1);
        assertThat(OpusCodec.detect().name()).startsWith(found ? "libopus" : "Concentus");
    }
}
