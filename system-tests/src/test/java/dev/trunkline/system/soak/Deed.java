package dev.trunkline.system.soak;

import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.sip.Header;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What a caller does. Each constant takes a call from the INVITE to its end. */
enum Deed {
    TALKS(SoakDirectory.ECHO, 40, "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            stage.talk(call, talkMillis);
            stage.hangUp(call);
        }
    },
    TALKS_WHEN_THE_AGENT_ANSWERS(SoakDirectory.ON_AGENT, 16, "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            stage.talk(call, talkMillis);
            stage.hangUp(call);
        }
    },
    HOLDS_AND_RESUMES(SoakDirectory.ECHO, 5, "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            if (stage.isAnswered(call)) {
                stage.pause(1_500);
                Stage.reply(call.reinvite(Direction.SENDONLY));
                stage.pause(2_000);
                Stage.reply(call.reinvite(Direction.SENDRECV));
            }
            stage.talk(call, talkMillis);
            stage.hangUp(call);
        }
    },
    /** The room is closed, as an agent does that has finished. The caller's BYE can cross the suite's. */
    IS_HUNG_UP_BY_THE_AGENT(SoakDirectory.ECHO, 10, "room-closed", "agent-left", "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) throws IOException, InterruptedException {
            stage.talk(call, talkMillis);
            if (call.isUp()) {
                stage.closeRoomOf(call);
                stage.awaitEnd(call);
            }
            stage.hangUp(call);
        }
    },
    GIVES_UP_WHILE_IT_RINGS(SoakDirectory.RINGS, 6, "cancelled") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            stage.ring(call);
            call.cancel();
        }
    },
    GIVES_UP_AT_ONCE(SoakDirectory.ON_AGENT, 2, "cancelled", "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            call.cancel();
        }
    },
    FINDS_NOBODY(SoakDirectory.NOBODY, 3, "no-agent") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {}
    },
    DIALS_A_WRONG_NUMBER(SoakDirectory.UNKNOWN, 4, "number-unknown") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {}
    },
    /** One caller is in for most of the time; for the others the number is busy. */
    CALLS_A_BUSY_NUMBER(SoakDirectory.BUSY, 5, "number-busy", "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            stage.talk(call, talkMillis);
            stage.hangUp(call);
        }
    },
    VANISHES(SoakDirectory.ECHO, 2, "media-timeout", "caller-lost") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            stage.talkBriefly(call);
            call.vanish();
        }
    },
    IS_TRANSFERRED(SoakDirectory.ECHO, 3, "caller-hung-up", "partner-left", "transferred") {
        @Override
        void go(Call call, Stage stage, long talkMillis) throws IOException, InterruptedException {
            talksAndIsTransferred(call, stage, SoakDirectory.DESK_TRUNK);
        }
    },
    IS_TRANSFERRED_TO_SOMEBODY_BUSY(SoakDirectory.ECHO, 2, "caller-hung-up") {
        @Override
        void go(Call call, Stage stage, long talkMillis) throws IOException, InterruptedException {
            talksAndIsTransferred(call, stage, SoakDirectory.ENGAGED_TRUNK);
        }
    },
    /** A blind transfer by the phone's REFER. */
    TRANSFERS_BY_REFER(SoakDirectory.ECHO, 2, "caller-hung-up", "partner-left", "transferred") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            if (stage.isAnswered(call)) {
                stage.pause(1_500);
                Stage.reply(call.send("REFER", referTo("<sip:201@127.0.0.1>"), ""));
            }
            stage.talkBriefly(call);
            stage.hangUp(call);
        }
    },
    /** An attended transfer: the phone calls the desk too, and joins its two calls by REFER with Replaces (RFC 3891). */
    JOINS_TWO_CALLS(SoakDirectory.ECHO, 2, "caller-hung-up", "partner-left", "transferred") {
        @Override
        void go(Call call, Stage stage, long talkMillis) {
            if (stage.isAnswered(call)) {
                stage.pause(1_500);
                Stage.reply(call.reinvite(Direction.SENDONLY));
                Call desk = stage.dial(this, SoakDirectory.DESK);
                if (stage.isAnswered(desk) && desk.awaitFinal(Stage.PATIENCE) instanceof CallResult.Answered answered) {
                    stage.pause(1_500);
                    Stage.reply(call.send("REFER", referTo("<sip:" + SoakDirectory.DESK + "@127.0.0.1?Replaces=" + replaces(desk, answered) + ">"), ""));
                    stage.talkBriefly(call);
                }
                stage.hangUp(desk);
                stage.over(desk);
            }
            stage.hangUp(call);
        }
    };

    private final String number;
    private final int share;
    private final Set<String> expected;

    Deed(String number, int share, String... expected) {
        this.number = number;
        this.share = share;
        this.expected = Set.of(expected);
    }

    /** Picks one by their shares. */
    static Deed pick(Random random) {
        int at = random.nextInt(Arrays.stream(values()).mapToInt(deed -> deed.share).sum());
        for (Deed deed : values()) {
            at -= deed.share;
            if (at < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("the shares do not add up");
    }

    String number() {
        return number;
    }

    /** Returns the codes with which the suite may end or refuse such a call. */
    Set<String> expected() {
        return expected;
    }

    /** @param talkMillis how long it talks, if it is answered and its deed does not set that */
    abstract void go(Call call, Stage stage, long talkMillis) throws IOException, InterruptedException;

    private static List<Header> referTo(String target) {
        return List.of(new Header("Refer-To", target), new Header("Contact", "<sip:phone@127.0.0.1:5999>"));
    }

    /** Returns the dialog of a call, with the tags as the suite sees them: its own first. */
    private static String replaces(Call call, CallResult.Answered answered) {
        String text = "%s;to-tag=%s;from-tag=%s".formatted(call.callId(), tag(answered, "To"), tag(answered, "From"));
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String tag(CallResult.Answered answered, String header) {
        String value = answered.headers().first(header).orElse("");
        int at = value.indexOf(";tag=");
        return at < 0 ? "" : value.substring(at + 5).split(";")[0];
    }

    private static void talksAndIsTransferred(Call call, Stage stage, String trunk) throws IOException, InterruptedException {
        if (stage.isAnswered(call)) {
            stage.pause(1_500);
            stage.transfer(call, trunk);
        }
        stage.talkBriefly(call);
        stage.hangUp(call);
    }
}
