package dev.trunkline.cli.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Since;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import dev.trunkline.cli.router.RouterOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./trunkline explain}: shows what would happen to a call, and why. */
@CommandLine.Command(
        name = "explain",
        description = {
            "Prints what the router would decide about a call, and each step of the decision. Nobody is called.",
            "Requires --to, and either --from or --anonymous."
        },
        footer = {
            "  ./trunkline explain --from 0470123456 --to \"02 555 01 00\" --trunk demo",
            "  ./trunkline explain --anonymous --to +3225550100 --trunk demo --at 2026-12-24T17:30"
        },
        exitCodeList = {
            "0:the call would be taken", "1:the call would be refused, or the question cannot be answered", "2:faulty command line"
        })
public final class ExplainCommand extends Command {
    @Option(names = "--to", required = true, paramLabel = "NUMBER", description = "Required. The called number, as the trunk writes it.")
    private String to;

    @Option(names = "--trunk", paramLabel = "NAME",
            description = "The trunk that the call comes from; the demo's is demo. By default, the trunks that can bring the call are tried.")
    private Optional<String> trunk = Optional.empty();

    @Option(names = "--from", paramLabel = "NUMBER", description = "Required unless --anonymous is given. The caller, as the trunk writes it.")
    private String from;

    @Option(names = "--anonymous", description = "The caller withholds the number.")
    private boolean anonymous;

    @Option(names = "--header", paramLabel = "NAME=VALUE",
            description = "A header of the INVITE, for rules that name rooms after one. May be given several times.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--request-uri-user", paramLabel = "USER",
            description = "The user part of the Request-URI, if it differs from the number in --to.")
    private String requestUriUser;

    @Option(names = "--at", paramLabel = "TIME",
            description = "The time of the call, for schedules: 2026-12-24T17:30 in this machine's time zone, or with an offset; by default now.")
    private String at;

    @Option(names = "--ask-webhooks",
            description = "Actually asks webhooks (with the header X-Trunkline-Explanation), and follows their answers.")
    private boolean askWebhooks;

    @Option(names = "--json", description = "Prints the router's answer as JSON.")
    private boolean json;

    @Mixin
    private RouterOptions router;

    @Override
    public int run(Surroundings here) throws Exception {
        byte[] question = question(here.clock().getZone()).toString().getBytes(StandardCharsets.UTF_8);
        RouterAnswer answer;
        try (RouterClient client = router.client(here)) {
            answer = client.post("routing/explain", "application/json", question);
        }
        if (!answer.good()) {
            answer.printProblem("The question cannot be answered", here.err());
            return 1;
        }
        if (json) {
            here.out().println(answer.json().toPrettyString());
        } else {
            new ExplanationText(here.out()).print(answer.json());
        }
        return answer.json().path("outcome").asText().equals("refused") ? 1 : 0;
    }

    private ObjectNode question(ZoneId zone) {
        if ((from != null) == anonymous) {
            throw new UsageException("who calls? Give either --from NUMBER or --anonymous");
        }
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("to", to);
        trunk.ifPresent(name -> question.put("trunk", name));
        if (anonymous) {
            question.put("anonymous", true);
        } else {
            question.put("from", from);
        }
        for (String header : headers) {
            int split = header.indexOf('=');
            if (split < 1) {
                throw new UsageException("--header needs a name and a value, for example --header X-Store=17");
            }
            question.withObjectProperty("headers").put(header.substring(0, split).strip(), header.substring(split + 1).strip());
        }
        if (requestUriUser != null) {
            question.put("request_uri_user", requestUriUser);
        }
        if (askWebhooks) {
            question.put("ask_webhooks", true);
        }
        if (at != null) {
            question.put("at", instant(at, zone).toString());
        }
        return question;
    }

    private static Instant instant(String text, ZoneId zone) {
        try {
            return Since.moment(text, zone);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--at must be a time such as 2026-12-24T17:30 or 2026-12-24T17:30:00+01:00");
        }
    }
}
