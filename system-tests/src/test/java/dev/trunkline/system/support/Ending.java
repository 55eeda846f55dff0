package dev.trunkline.system.support;

import dev.trunkline.events.CallRouted;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Codec;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.Phone;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A way in which a call ends: each constant takes a call from the INVITE to its end. */
public enum Ending {
    HUNG_UP_BY_THE_PHONE(Ending.ECHO, 12) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                hangUp(call);
            }
        }
    },
    HUNG_UP_WHILE_ON_HOLD(Ending.ECHO, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                reply(call.reinvite(Direction.SENDONLY));
                hangUp(call);
            }
        }
    },
    HUNG_UP_WHILE_A_REINVITE_IS_ON_ITS_WAY(Ending.ECHO, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                call.reinvite(Direction.SENDONLY);
                hangUp(call);
            }
        }
    },
    HUNG_UP_BY_THE_AGENT(Ending.ECHO, 6) {
        @Override
        void go(Call call, SuiteUnderTest suite) throws Exception {
            if (answered(call)) {
                suite.rooms().close(suite.events().of(call).await(CallRouted.class).room());
                call.awaitEnd(PATIENCE);
                // livekit-server may close the connection before it has reported that the room is closed. To the relay that is a lost
                // room, which it re-enters.
                hangUpIfUp(call);
            }
        }
    },
    CANCELLED_AT_ONCE(Ending.ON_AGENT, 6) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            call.cancel();
            call.awaitFinal(PATIENCE);
            hangUpIfUp(call);
        }
    },
    CANCELLED_WHILE_IT_RINGS(Ending.NOBODY, 6) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            waitFor(() -> call.provisionals().stream().anyMatch(response -> response.status() == 180) || call.result().toCompletableFuture().isDone());
            call.cancel();
            call.awaitFinal(PATIENCE);
        }
    },
    VANISHED_WHEN_UP(Ending.ECHO, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                call.vanish();
            }
        }
    },
    VANISHED_WHILE_IT_RINGS(Ending.NOBODY, 3) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            waitFor(() -> !call.provisionals().isEmpty());
            call.vanish();
        }
    },
    NO_CODEC_IN_COMMON(Ending.ECHO, 6) {
        @Override
        CallRequest request(String caller) {
            return super.request(caller).sdp("v=0\r\no=- 1 1 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
                    + "m=audio {port} RTP/AVP 97\r\na=rtpmap:97 G7221/16000\r\n");
        }

        @Override
        void go(Call call, SuiteUnderTest suite) {
            call.awaitFinal(PATIENCE);
            hangUpIfUp(call);
        }
    },
    NO_OFFER_THAT_CAN_BE_READ(Ending.ECHO, 4) {
        @Override
        CallRequest request(String caller) {
            return super.request(caller).sdp("v=0\r\nm=audio forty RTP/AVP\r\n");
        }

        @Override
        void go(Call call, SuiteUnderTest suite) {
            call.awaitFinal(PATIENCE);
            hangUpIfUp(call);
        }
    },
    A_REINVITE_THAT_CANNOT_BE_TAKEN_AND_BYE(Ending.ECHO, 5) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                reply(call.reinvite("v=0\r\no=- 1 2 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=image {port} udptl t38\r\n"));
                hangUp(call);
            }
        }
    },
    NO_AGENT_BEFORE_THE_ANSWER(Ending.NOBODY, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            call.awaitFinal(PATIENCE);
        }
    },
    NO_AGENT_AFTER_THE_ANSWER(Ending.ALONE, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                call.awaitEnd(PATIENCE);
            }
        }
    },
    WRONG_PINS(Ending.PIN, 3) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                "111122223333".chars().forEach(key -> call.sendDtmf((char) key, Duration.ofMillis(60)));
                call.awaitEnd(PATIENCE);
                hangUpIfUp(call);
            }
        }
    },
    HUNG_UP_BEFORE_THE_PIN(Ending.PIN, 3) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                hangUp(call);
            }
        }
    },
    DELAYED_OFFER_AND_BYE(Ending.ECHO, 3) {
        @Override
        CallRequest request(String caller) {
            return super.request(caller).delayedOffer();
        }

        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                hangUp(call);
            }
        }
    },
    OTHER_LAW_AND_BYE(Ending.ECHO, 3) {
        @Override
        CallRequest request(String caller) {
            return super.request(caller).offering(Codec.PCMA);
        }

        @Override
        void go(Call call, SuiteUnderTest suite) {
            if (answered(call)) {
                hangUp(call);
            }
        }
    },
    NUMBER_SWITCHED_OFF(Ending.OFF, 4) {
        @Override
        void go(Call call, SuiteUnderTest suite) {
            call.awaitFinal(PATIENCE);
        }
    };

    /** The prefix of the numbers of these calls. */
    public static final String BEGINNING = "+32255519";
    public static final String DIRECTORY = """
            organisations:
              - name: ends
                caller_rate: {calls: 100000, window_seconds: 3600}
                numbers:
                  - {phone_number: "+3225551930", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551931", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551932", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551933", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551934", max_concurrent_calls: 1000}
                  - {phone_number: "+3225551935", max_concurrent_calls: 1000, active: false}
            rules:
              - {name: ends-echo, organisation: ends, trunks: [demo], numbers: ["+3225551930"], type: individual, room_prefix: ends,
                 agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate, patience_seconds: 20}
              - {name: ends-on-agent, organisation: ends, trunks: [demo], numbers: ["+3225551931"], type: individual, room_prefix: ends,
                 agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: on-agent, patience_seconds: 20}
              - {name: ends-nobody, organisation: ends, trunks: [demo], numbers: ["+3225551932"], type: individual, room_prefix: ends,
                 agents: [{name: nobody}], answer_policy: on-agent, patience_seconds: 3}
              - {name: ends-alone, organisation: ends, trunks: [demo], numbers: ["+3225551933"], type: individual, room_prefix: ends,
                 agents: [{name: nobody}], answer_policy: immediate, patience_seconds: 3}
              - {name: ends-pin, organisation: ends, trunks: [demo], numbers: ["+3225551934"], type: individual, room_prefix: ends,
                 pin: "9753", agents: [{name: demo, metadata: {scenario: echo}}]}
              - {name: ends-off, organisation: ends, trunks: [demo], numbers: ["+3225551935"], type: individual, room_prefix: ends,
                 agents: [{name: demo}]}
            """;

    private static final String ECHO = "+3225551930";
    private static final String ON_AGENT = "+3225551931";
    private static final String NOBODY = "+3225551932";
    private static final String ALONE = "+3225551933";
    private static final String PIN = "+3225551934";
    private static final String OFF = "+3225551935";
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final String number;
    private final int share;

    Ending(String number, int share) {
        this.number = number;
        this.share = share;
    }

    /** Returns its frequency relative to the others. */
    public int share() {
        return share;
    }

    abstract void go(Call call, SuiteUnderTest suite) throws Exception;

    CallRequest request(String caller) {
        return CallRequest.to(number).from(caller).saying(AudioSource.tone(700));
    }

    /** Places the call and brings it to this end, or to whichever other end comes first. */
    public Call carryOut(Phone phone, String caller, SuiteUnderTest suite) throws Exception {
        Call call = phone.dial(request(caller));
        go(call, suite);
        return call;
    }

    private static boolean answered(Call call) {
        return call.awaitFinal(PATIENCE) instanceof CallResult.Answered;
    }

    private static void hangUp(Call call) {
        reply(call.hangUp());
    }

    private static void hangUpIfUp(Call call) {
        if (call.isUp()) {
            hangUp(call);
        }
    }

    private static <T> void reply(java.util.concurrent.CompletionStage<T> stage) {
        stage.toCompletableFuture().completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(failure -> null).join();
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Await.pause(20);
        }
    }
}
