package dev.trunkline.sipapi.requests;

import dev.trunkline.events.EndReason;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.sipapi.calls.Outcome;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.SipStatus;

/** Converts failures to livekit-sip's errors. Pure. */
final class Errors {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int REQUEST_TERMINATED = 487;

    private Errors() {}

    /** Returns the error for a request that the router did not fulfil. */
    static RpcException ofRouter(Router.Answer answer) {
        if (!answer.reason().isEmpty()) {
            return new SipStatus(answer.status(), answer.detail()).error("");
        }
        RpcCode code = switch (answer.status()) {
            case 400 -> RpcCode.INVALID_ARGUMENT;
            case 403 -> RpcCode.PERMISSION_DENIED;
            case 404 -> RpcCode.NOT_FOUND;
            default -> RpcCode.UNAVAILABLE;
        };
        return new RpcException(code, answer.status() == 401
                ? "The router does not accept this service's token: check TRUNKLINE_ADMIN_TOKEN of both."
                : answer.detail());
    }

    static RpcException routerAway() {
        return new RpcException(RpcCode.UNAVAILABLE, "The router does not answer: try again in a moment.");
    }

    static RpcException of(Outcome.Refused refused) {
        return new SipStatus(refused.status(), refused.sentence()).error("");
    }

    /** Returns the error for a call that was placed and not answered. */
    static RpcException of(Outcome.Failed failed) {
        int status = failed.status().orElse(0);
        if (failed.reason() == EndReason.NO_ANSWER && (status == 0 || status == REQUEST_TIMEOUT || status == REQUEST_TERMINATED)) {
            // livekit-sip ends such a call itself, and reports no status.
            return new RpcException(RpcCode.CANCELED, "sip request timed out");
        }
        if (status >= 300 && status != REQUEST_TERMINATED) {
            return SipStatus.of(status).error("INVITE failed: ");
        }
        return new RpcException(RpcCode.CANCELED, failed.sentence());
    }
}
