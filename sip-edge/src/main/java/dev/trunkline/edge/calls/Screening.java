package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.Replies;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.refresh.TimerPolicy.Verdict.TooSmall;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.Description;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks what a request must fulfil before its purpose is considered (RFC 3261 section 8.2). */
final class Screening {
    private static final List<String> SCHEMES = List.of("sip", "sips", "tel");
    private static final List<String> SDP_RANGES = List.of("application/sdp", "application/*", "*/*");

    private static final int MOST_RANGES = 64;

    private Screening() {}

    /** @return the refusal of an INVITE that begins a call, empty if it is valid */
    static Optional<OutgoingResponse> ofInvite(SipRequest invite, TimerPolicy timers) {
        Optional<OutgoingResponse> scheme = scheme(invite);
        if (scheme.isPresent()) {
            return scheme;
        }
        // A B2BUA, which this is for forwarded calls, must respect Max-Forwards as a proxy does (RFC 7332).
        if (invite.headers().first("Max-Forwards").filter(hops -> hops.strip().equals("0")).isPresent()) {
            return Optional.of(OutgoingResponse.of(483));
        }
        return extensions(invite).or(() -> content(invite)).or(() -> acceptable(invite)).or(() -> interval(invite, timers));
    }

    /** For a request outside a dialog that is no INVITE. */
    static Optional<OutgoingResponse> ofOther(SipRequest request) {
        return scheme(request).or(() -> extensions(request));
    }

    /** RFC 3261 section 8.2.2.1. */
    private static Optional<OutgoingResponse> scheme(SipRequest request) {
        return SCHEMES.contains(scheme(request.requestUri())) ? Optional.empty() : Optional.of(OutgoingResponse.of(416));
    }

    /** RFC 3261 section 20.1: the answer to an INVITE is a session description. */
    private static Optional<OutgoingResponse> acceptable(SipRequest invite) {
        boolean refuses = invite.headers().first("Accept").isPresent()
                && invite.headers().values("Accept").stream()
                        .limit(MOST_RANGES)
                        .flatMap(value -> Texts.unquotedPieces(value, ',', MOST_RANGES).stream())
                        .map(range -> Texts.unquotedPieces(range, ';', 1).getFirst().strip().toLowerCase(Locale.ROOT))
                        .noneMatch(SDP_RANGES::contains);
        return refuses ? Optional.of(OutgoingResponse.of(406).with(Replies.ACCEPT)) : Optional.empty();
    }

    /** RFC 3261 section 8.2.2.3. */
    static Optional<OutgoingResponse> extensions(SipRequest request) {
        var unknown = request.headers().tokens("Require");
        unknown.removeAll(Replies.EXTENSIONS);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(OutgoingResponse.of(420).with(new SipHeader("Unsupported", String.join(", ", unknown))));
    }

    /** RFC 4028 section 9. */
    private static Optional<OutgoingResponse> interval(SipRequest invite, TimerPolicy timers) {
        return timers.judge(TimerHeaders.of(invite.headers()), Optional.empty()) instanceof TooSmall refused
                ? Optional.of(Replies.intervalTooSmall(refused.minimum()))
                : Optional.empty();
    }

    /** RFC 3261 section 8.2.3, for a request whose body may be a session description, alone or as a part. */
    static Optional<OutgoingResponse> content(SipRequest request) {
        boolean encoded = request.headers()
                .first("Content-Encoding")
                .filter(encoding -> !encoding.strip().equalsIgnoreCase("identity"))
                .isPresent();
        if (encoded) {
            return Optional.of(OutgoingResponse.of(415).with(new SipHeader("Accept-Encoding", "identity")));
        }
        return switch (request.description()) {
            case Description.NotUnderstood other -> Optional.of(OutgoingResponse.of(415).with(Replies.ACCEPT));
            case Description.Damaged damaged -> Optional.of(OutgoingResponse.of(400)
                    .with(SipHeader.reason(400, "the parts of the multipart body cannot be separated")));
            case Description.None none -> Optional.empty();
            // Without a line it would count as none, and an INVITE without an offer asks for ours.
            case Description.Sdp(var text) when Sdp.scrubbed(text).isEmpty() -> Optional.of(OutgoingResponse.of(400)
                    .with(SipHeader.reason(400, "the session description has no readable line")));
            case Description.Sdp sdp -> Optional.empty();
        };
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    }
}
