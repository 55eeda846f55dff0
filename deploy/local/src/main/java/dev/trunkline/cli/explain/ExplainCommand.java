package dev.trunkline.cli.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.Arguments;
import dev.trunkline.cli.Command;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.cli.UsageException;
import dev.trunkline.cli.router.RouterAnswer;
import dev.trunkline.cli.router.RouterClient;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code ./trunkline explain}: what would become of a call, and why. */
public final class ExplainCommand implements Command {

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String help() {
        return """
            ./trunkline explain --to NUMBER --trunk NAME [--from NUMBER | --anonymous] [--header NAME=VALUE]...
                [--request-uri-user USER] [--at TIME] [--ask-webhooks]
              Prints what the router would decide on a call, and each step that leads there. Nobody is called.
              --to NUMBER      as the trunk writes it
              --trunk NAME     where the call comes from; the demo's is demo
              --from NUMBER    the caller, as the trunk writes it
              --anonymous      the caller withholds the number
              --header K=V     a header of the INVITE, for rules that name rooms by one; may stand several times
              --request-uri-user USER  the user part of the Request-URI, if it is not the number that --to is
              --at TIME        for schedules: 2026-12-24T17:30, of this machine's zone, or with an offset; now if not given
              --ask-webhooks   really ask webhooks (with the header X-Trunkline-Explanation), and follow their answers
            """
                + RouterClient.HELP + """

              Exit code 0 if the call would be taken, 1 if it would be refused.""";
    }

    @Override
    public int run(List<String> words, Surroundings here) throws Exception {
        Set<String> valued = new HashSet<>(RouterClient.OPTIONS);
        valued.addAll(Set.of("--from", "--to", "--trunk", "--header", "--request-uri-user", "--at"));
        Arguments arguments = Arguments.parse(words, Set.of("--anonymous", "--ask-webhooks"), valued);
        arguments.nothingElse();
        byte[] question = question(arguments, here.clock().getZone()).toString().getBytes(StandardCharsets.UTF_8);
        RouterAnswer answer;
        try (RouterClient router = RouterClient.of(arguments, here)) {
            answer = router.post("routing/explain", "application/json", question);
        }
        if (!answer.good()) {
            answer.printProblem("The question cannot be answered", here.err());
            return 1;
        }
        new ExplanationText(here.out()).print(answer.json());
        return answer.json().path("outcome").asText().equals("refused") ? 1 : 0;
    }

    private static ObjectNode question(Arguments arguments, ZoneId zone) {
        if (arguments.has("--from") == arguments.has("--anonymous")) {
            throw new UsageException("who calls? write --from NUMBER or --anonymous, one of them");
        }
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("to", arguments.required("--to")).put("trunk", arguments.required("--trunk"));
        arguments.one("--from").ifPresentOrElse(
                from -> question.put("from", from), () -> question.put("anonymous", true));
        for (String header : arguments.all("--header")) {
            int split = header.indexOf('=');
            if (split < 1) {
                throw new UsageException("--header wants a name and a value, for example --header X-Store=17");
            }
            question.withObjectProperty("headers").put(header.substring(0, split).strip(), header.substring(split + 1).strip());
        }
        arguments.one("--request-uri-user").ifPresent(user -> question.put("request_uri_user", user));
        if (arguments.has("--ask-webhooks")) {
            question.put("ask_webhooks", true);
        }
        arguments.one("--at").ifPresent(at -> question.put("at", instant(at, zone).toString()));
        return question;
    }

    private static Instant instant(String text, ZoneId zone) {
        try {
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException("--at wants a time such as 2026-12-24T17:30 or 2026-12-24T17:30:00+01:00");
        }
    }
}
