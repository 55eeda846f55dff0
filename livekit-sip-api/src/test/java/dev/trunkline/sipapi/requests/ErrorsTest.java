package dev.trunkline.sipapi.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.sipapi.calls.Outcome;
import dev.trunkline.sipapi.router.Router;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "CALLEE_BUSY, 486, RESOURCE_EXHAUSTED, 1", "CALLEE_BUSY, 600, RESOURCE_EXHAUSTED, 1", "CALLEE_DECLINED, 603, PERMISSION_DENIED, 1",
        "NO_ANSWER, 480, RESOURCE_EXHAUSTED, 1", "NO_ANSWER, 487, CANCELED, 0", "NO_ANSWER, 408, CANCELED, 0",
        "CALLEE_UNREACHABLE, 503, FAILED_PRECONDITION, 1", "CALLEE_UNREACHABLE, 404, NOT_FOUND, 1", "REQUESTED, 487, CANCELED, 0"})
    void aCallThatFailsIsToldAsLivekitSipTellsIt(EndReason reason, int status, RpcCode code, int details) {
        RpcException error = Errors.of(new Outcome.Failed(reason, OptionalInt.of(status), reason.sentence()));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.details()).hasSize(details);
    }

    @Test
    void whatTheGuardRefusesHasItsStatus() throws Exception {
        var answer = new Router.Answer(403, EventJson.MAPPER.readTree(
                "{\"detail\": \"Not there.\", \"reason\": \"destination-forbidden\", \"faults\": []}"));
        RpcException error = Errors.ofRouter(answer);
        assertThat(error.code()).isEqualTo(RpcCode.PERMISSION_DENIED);
        assertThat(error).hasMessage("sip status: 403: Not there.");
        assertThat(error.details()).hasSize(1);
    }

    @Test
    void aFieldAtFaultIsNamed() throws Exception {
        var answer = new Router.Answer(400, EventJson.MAPPER.readTree(
                "{\"detail\": \"Write it so.\", \"faults\": [{\"path\": \"headers\", \"problem\": \"only X-\"}]}"));
        assertThat(Errors.ofRouter(answer)).hasMessage("Write it so. headers: only X-.");
        assertThat(Errors.ofRouter(answer).code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
    }

    @Test
    void aTokenThatTheRouterDoesNotTakeIsNoFaultOfTheRequest() throws Exception {
        RpcException error = Errors.ofRouter(new Router.Answer(401, EventJson.MAPPER.readTree("{}")));
        assertThat(error.code()).isEqualTo(RpcCode.UNAVAILABLE);
        assertThat(error).hasMessageContaining("TRUNKLINE_ADMIN_TOKEN");
    }
}
