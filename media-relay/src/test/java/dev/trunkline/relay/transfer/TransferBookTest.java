package dev.trunkline.relay.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class TransferBookTest {
    private final TransferBook book = new TransferBook();

    private int refused(String transfer, long now) {
        return catchThrowableOfType(TransferRefusal.class, () -> book.begin(transfer, now)).code();
    }

    @Test
    void thereIsOneAtATime() throws Exception {
        book.begin("a", 0);
        assertThat(refused("b", 10)).isEqualTo(409);
        book.over();
        book.begin("b", 20);
    }

    @Test
    void thereAreSoManyAMinute() throws Exception {
        for (int i = 0; i < TransferBook.MOST_A_MINUTE; i++) {
            book.begin("t" + i, i);
            book.over();
        }
        assertThat(refused("more", 59_999)).isEqualTo(429);
        book.begin("later", 60_000);
    }

    @Test
    void oneThatWasBegunIsKnownAndOneThatWasRefusedIsNot() throws Exception {
        book.begin("a", 0);
        assertThat(refused("b", 0)).isEqualTo(409);
        book.over();
        assertThat(book.knows("a")).isTrue();
        assertThat(book.knows("b")).isFalse();
        for (int i = 1; i < 100; i++) {
            book.begin("t" + i, i * 60_000L);
            book.over();
        }
        assertThat(book.knows("a")).isFalse();
        assertThat(book.knows("t99")).isTrue();
    }

    @Test
    void whoAsksWithoutEndIsAnsweredSoOftenAMinute() {
        for (int i = 0; i < TransferBook.MOST_ANSWERED_A_MINUTE; i++) {
            assertThat(book.hear(i)).isTrue();
        }
        assertThat(book.hear(1_000)).isFalse();
        assertThat(book.hear(60_100)).isTrue();
    }
}
