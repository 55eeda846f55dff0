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
            "Runs a small phone that receives outbound calls: the demo's outbound trunk leads to it. It rings, answers, echoes what "
                    + "it hears, and prints a line for each step of a call. Ctrl-C hangs up and ends the phone.",
            "It needs no suite. By default it listens where the demo's trunk leads, on port 5070 of 127.0.0.1."
        },
        footer = {
            "  ./trunkline answer", "  ./trunkline answer --status 486 --after 3", "  ./trunkline answer --tone 440 --talk 20 --calls 1"},
        exitCodeList = {
            "0:the number of calls given by --calls is over", "1:the port is taken", "2:faulty command line", "130:stopped by Ctrl-C"
        })
public final class AnswerCommand extends Command {
    private static final int LONGEST = 86_400;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "5070",
            description = "The SIP port, UDP; ${DEFAULT-VALUE} by default, 0 for any.")
    private int port;

    @Option(names = "--address", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "The address, one of this machine's; ${DEFAULT-VALUE} by default.")
    private String address;

    @Option(names = "--after", paramLabel = "SECONDS", defaultValue = "2", description = "How long it rings; ${DEFAULT-VALUE} by default.")
    private int after;

    @Option(names = "--never", description = "Rings until the caller gives up.")
    private boolean never;

    @Option(names = "--status", paramLabel = "STATUS", defaultValue = "200",
            description = "The final response after that: 200 answers (the default), 486 is busy, 603 declines; any from 300 to 699.")
    private int status;

    @Option(names = "--early-media", description = "Rings with 183 and a session description, and sends audio while it rings.")
    private boolean earlyMedia;

    @Option(names = "--tone", paramLabel = "HZ", description = "Sends a tone of 1 to 3900 Hz instead of the echo.")
    private Optional<Integer> tone = Optional.empty();

    @Option(names = "--talk", paramLabel = "SECONDS", description = "Hangs up after this time; by default, that is left to the other side.")
    private Optional<Integer> talk = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME",
            description = "Requires digest authentication (401) as this user with --password, as carriers do.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password", paramLabel = "PASSWORD", description = "The password of --user.")
    private Optional<String> password = Optional.empty();

    @Option(names = "--calls", paramLabel = "N", defaultValue = "0", description = "Ends after N calls; 0, the default, sets no limit.")
    private int calls;

    @Option(names = "--json", description = "Prints each line as JSON.")
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
            throw new UsageException("--after and --calls must be 0 or more, --talk must be 1 or more, and times must be a day at most");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new UsageException("--user and --password need each other");
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
