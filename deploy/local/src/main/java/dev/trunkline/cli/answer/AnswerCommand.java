package dev.trunkline.cli.answer;

import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.PhoneSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ./trunkline answer}: runs a phone that receives outbound calls, until it is stopped. */
@CommandLine.Command(
        name = "answer",
        description = {
            "A small phone that is called, for calls that go out: the demo's outbound trunk leads to it. It rings, answers, echoes what "
                    + "it hears, and prints a line for whatever comes of each call. Ctrl-C hangs up and ends it.",
            "It needs no suite. By default it stands where the demo's trunk leads: port 5070 of 127.0.0.1."
        },
        footer = {
            "  ./trunkline answer", "  ./trunkline answer --status 486 --after 3", "  ./trunkline answer --tone 440 --talk 20 --calls 1"},
        exitCodeList = {"0:as many calls as --calls says are over", "1:the port is taken", "2:faulty command line", "130:stopped by Ctrl-C"})
public final class AnswerCommand extends Command {
    private static final int LONGEST = 86_400;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "5070", description = "Its SIP port, UDP; ${DEFAULT-VALUE} if not given, 0 for any.")
    private int port;

    @Option(names = "--address", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "Its address, one of this machine's; ${DEFAULT-VALUE} if not given.")
    private String address;

    @Option(names = "--after", paramLabel = "SECONDS", defaultValue = "2", description = "How long it rings, ${DEFAULT-VALUE} if not given.")
    private int after;

    @Option(names = "--never", description = "It rings until the caller gives up.")
    private boolean never;

    @Option(names = "--status", paramLabel = "STATUS", defaultValue = "200",
            description = "What it says then: 200 answers (if not given), 486 is busy, 603 declines, any from 300 to 699.")
    private int status;

    @Option(names = "--early-media", description = "Rings by 183 with a session description, and is heard while it rings.")
    private boolean earlyMedia;

    @Option(names = "--tone", paramLabel = "HZ", description = "Says a tone of 1 to 3900 Hz instead of echoing.")
    private Optional<Integer> tone = Optional.empty();

    @Option(names = "--talk", paramLabel = "SECONDS", description = "Hangs up after this long; without it that is left to the other side.")
    private Optional<Integer> talk = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "Asks for this user and --password by digest (401), as carriers do.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password", paramLabel = "PASSWORD", description = "That user's password.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--calls", paramLabel = "N", defaultValue = "0", description = "Ends after N calls; 0, for none, if not given.")
    private int calls;

    @Option(names = "--json", description = "Each line as JSON.")
    private boolean json;

    @Override
    public int run(Surroundings here) throws Exception {
        Answering answering = answering();
        var over = new CountDownLatch(calls);
        CallPrinter printer = json ? new CallPrinter.Json(here.out()) : new CallPrinter.Words(here.out());
        try (AnsweringPhone phone = AnsweringPhone.open(settings(), answering)) {
            Thread farewell = new Thread(phone::close, "farewell");
            Runtime.getRuntime().addShutdownHook(farewell);
            printer.ready(phone.address());
            Thread printing = Thread.startVirtualThread(() -> new CallsTold(phone, printer, over).run());
            if (calls == 0) {
                printing.join();
            }
            over.await();
            Runtime.getRuntime().removeShutdownHook(farewell);
            return 0;
        }
    }

    private PhoneSettings settings() {
        try {
            return PhoneSettings.answering(address, port);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Answering answering() {
        if (after < 0 || after > LONGEST || talk.filter(time -> time < 1 || time > LONGEST).isPresent() || calls < 0) {
            throw new UsageException("--after, --talk and --calls want numbers from 0 (--talk from 1), and times a day at most");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new UsageException("--user and --password want each other");
        }
        try {
            Answering answering = Answering.refusing(status, Duration.ofSeconds(after));
            answering = never ? Answering.never() : answering;
            answering = earlyMedia ? answering.withEarlyMedia() : answering;
            answering = tone.isPresent() ? answering.saying(AudioSource.tone(tone.get())) : answering;
            answering = talk.isPresent() ? answering.talkingFor(Duration.ofSeconds(talk.get())) : answering;
            return user.isPresent() ? answering.asking(user.get(), password.orElseThrow()) : answering;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
