package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ContainedFaultsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry, () -> 0);

    @Test
    void countsByPlace() {
        faults.caught("media-loop", new StackOverflowError());
        faults.caught("media-loop", new IllegalStateException());
        faults.caught("call-mailbox", new OutOfMemoryError());

        assertThat(counted("media-loop")).isEqualTo(2);
        assertThat(counted("call-mailbox")).isEqualTo(1);
    }

    @Test
    void aGuardedTaskNeverThrows() {
        assertThatCode(faults.guarded("ticker", () -> {
                    throw new StackOverflowError();
                })::run)
                .doesNotThrowAnyException();
        assertThat(counted("ticker")).isEqualTo(1);
    }

    @Test
    void aRegistryThatFailsHurtsNobody() {
        var broken = new ContainedFaults(registry, () -> {
            throw new IllegalStateException("the clock is broken");
        });

        assertThatCode(() -> broken.caught("ticker", new Error())).doesNotThrowAnyException();
    }

    private double counted(String where) {
        return registry.get("trunkline.contained.faults").tag("where", where).counter().count();
    }
}
