package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import org.junit.jupiter.api.Test;

class PendingTransfersTest {
    private static final CallId CALL = CallId.of("019365c6-9d1a-7c3e-8a54-0f2f5a1b7c11");

    private final PendingTransfers pending = new PendingTransfers();

    @Test
    void oneThatIsAskedForAgainIsTheSame() throws Exception {
        PendingTransfers.Pending first = pending.join(CALL, "tel:+3225550196");
        PendingTransfers.Pending again = pending.join(CALL, "tel:+3225550196");
        assertThat(first.first()).isTrue();
        assertThat(again.first()).isFalse();
        first.id().complete("transfer-1");
        assertThat(again.id()).isCompletedWithValue("transfer-1");
    }

    @Test
    void aCallIsNotHandedOverToTwo() throws Exception {
        PendingTransfers.Pending first = pending.join(CALL, "tel:+3225550196");
        assertThatThrownBy(() -> pending.join(CALL, "tel:+3225550197")).isInstanceOfSatisfying(RpcException.class, refused -> {
            assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
            assertThat(refused).hasMessage("call already being transferred elsewhere");
        });
        pending.over(CALL, first);
        assertThat(pending.join(CALL, "tel:+3225550197").first()).isTrue();
    }
}
